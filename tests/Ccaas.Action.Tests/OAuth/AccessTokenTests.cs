using System.Security.Cryptography;
using System.Text;

namespace Ccaas.Action.Tests.OAuth;

/// <summary>The fingerprint by which people tell tokens apart.</summary>
public sealed class AccessTokenTests
{
    [Fact]
    public void Fingerprint_can_be_checked_with_any_tool() => Property.Holds(HostileText.Token, token => Assert.Equal(
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..16]}",
        new AccessToken(new Secret(token), null).Fingerprint), 100);

    [Fact]
    public void Fingerprint_and_text_show_nothing_of_the_token() => Property.Holds(HostileText.Secret(8, 40), token =>
    {
        var known = new AccessToken(new Secret(token), null);

        Assert.DoesNotContain(token, $"{known} {known.Fingerprint}", StringComparison.Ordinal);
    });
}
