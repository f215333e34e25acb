using System.Net;

namespace Ccaas.Action.Tests.Inputs;

/// <summary>Credentials go over https, or to loopback.</summary>
public sealed class EndpointRuleTests
{
    [Theory]
    [InlineData("https://login.mypurecloud.ie/oauth/token")]
    [InlineData("HTTPS://LOGIN.EXAMPLE.COM/oauth/token")]
    [InlineData("https://login.example.com:8443/oauth/token?tenant=1")]
    [InlineData("https://10.0.0.1/token")]
    [InlineData("https://bücher.example/token")]
    [InlineData("http://127.0.0.1:8080/oauth/token")]
    [InlineData("http://127.9.9.9/")]
    [InlineData("http://[::1]:8080/oauth/token")]
    [InlineData("http://localhost/oauth/token")]
    [InlineData("http://LOCALHOST:8080")]
    public void Address_is_accepted(string text)
    {
        Assert.Null(EndpointRule.Check(text, out var address));
        Assert.Equal(new Uri(text), address);
    }

    [Theory]
    [InlineData("", "not an address")]
    [InlineData("login.mypurecloud.ie", "not an address")]
    [InlineData("/oauth/token", "not an address")]
    [InlineData("//login.mypurecloud.ie/oauth/token", "not an address")]
    [InlineData("oauth/token", "not an address")]
    [InlineData("https://", "not an address")]
    [InlineData("https:///oauth/token", "not an address")]
    [InlineData("https://ex ample.com/", "not an address")]
    [InlineData("https://example.com:99999/", "not an address")]
    [InlineData("ftp://example.com/token", "not an address")]
    [InlineData("file:///etc/passwd", "not an address")]
    [InlineData("javascript:alert(1)", "not an address")]
    [InlineData("https://user:password@login.example.com/token", "user name or password")]
    [InlineData("https://user@login.example.com/token", "user name or password")]
    [InlineData("http://127.0.0.1@evil.com/token", "user name or password")]
    [InlineData("http://localhost:80@evil.com/token", "user name or password")]
    [InlineData("https://login.example.com/token#part", "fragment")]
    [InlineData("https://login.example.com/token#", "fragment")]
    [InlineData("http://login.mypurecloud.ie/oauth/token", "plain http")]
    [InlineData("http://127.0.0.1.evil.com/token", "plain http")]
    [InlineData("http://localhost.evil.com/token", "plain http")]
    [InlineData("http://evil-localhost/token", "plain http")]
    [InlineData("http://[::2]/token", "plain http")]
    [InlineData("http://0.0.0.0/token", "plain http")]
    [InlineData("http://128.0.0.1/token", "plain http")]
    [InlineData("http://192.168.0.1/token", "plain http")]
    public void Address_is_refused_with_the_reason(string text, string reason)
    {
        var wrong = EndpointRule.Check(text, out var address);

        Assert.Contains(reason, wrong, StringComparison.Ordinal);
        Assert.Null(address);
    }

    [Fact]
    public void Nothing_that_is_typed_throws_or_slips_through_as_plain_http() => Property.HoldsForAnyText(text =>
    {
        foreach (var address in new[] { text, $"https://{text}", $"http://{text}", $"http://localhost{text}", $"http://127.0.0.1{text}" })
        {
            if (EndpointRule.Check(address, out var uri) is null)
            {
                // The name that a connection is made to: without the invisible characters that may have stood in it.
                Assert.True(uri!.Scheme == "https" || uri.IdnHost == "localhost" || IPAddress.IsLoopback(IPAddress.Parse(uri.IdnHost)),
                    address);
                Assert.Empty(uri.UserInfo);
            }
        }
    });

    [Theory]
    [InlineData("https://login.example.com/oauth/token", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://login.example.com/", false)]
    [InlineData("https://user:password@login.example.com/", false)]
    [InlineData("https://login.example.com/ü", false)]
    [InlineData("https://lögin.example.com/", false)]
    [InlineData("https://login.example.com/a b", false)]
    [InlineData("login.example.com", false)]
    [InlineData(null, false)]
    public void Address_in_a_response_is_ascii_and_follows_the_rule_of_inputs(string? text, bool isAccepted) =>
        Assert.Equal(isAccepted, EndpointRule.Named(text) is not null);

    [Fact]
    public void Address_in_a_response_has_300_characters_at_most()
    {
        const string start = "https://example.com/";
        Assert.NotNull(EndpointRule.Named(start + new string('a', 300 - start.Length)));
        Assert.Null(EndpointRule.Named(start + new string('a', 301 - start.Length)));
    }
}
