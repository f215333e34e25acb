using System.Buffers.Text;
using System.Text;

namespace Ccaas.Action.Tests.OAuth;

/// <summary>A claim is read, or there is none; nothing else comes of an id token.</summary>
public sealed class IdTokenClaimsTests
{
    [Fact]
    public void Claim_is_read() => Assert.Equal("tenant-ü", Read("""{"tenantId":"tenant-ü","iss":"x"}"""));

    [Theory]
    [InlineData("""{"tenantid":"other case"}""")]
    [InlineData("""{"tenantId":7}""")]
    [InlineData("""["tenantId"]""")]
    [InlineData("{")]
    [InlineData("")]
    public void Claims_without_it_have_none(string claims) => Assert.Null(Read(claims));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.???.c")]
    public void Text_that_is_no_id_token_has_none(string token) => Assert.Null(IdTokenClaims.Read(new Secret(token), "tenantId"));

    [Fact]
    public void No_id_token_has_none() => Assert.Null(IdTokenClaims.Read(null, "tenantId"));

    [Fact]
    public void No_text_whatsoever_throws() => Property.HoldsForAnyText(text =>
    {
        _ = IdTokenClaims.Read(new Secret(text), "tenantId");
        _ = IdTokenClaims.Read(new Secret($"e30.{text}.e30"), "tenantId");
        _ = Read(text);
    });

    private static string? Read(string claims) =>
        IdTokenClaims.Read(new Secret($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.e30"), "tenantId");
}
