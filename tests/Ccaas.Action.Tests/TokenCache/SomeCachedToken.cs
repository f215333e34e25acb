namespace Ccaas.Action.Tests.TokenCache;

/// <summary>Tokens to be kept.</summary>
internal static class SomeCachedToken
{
    public static CachedToken Token(TimeProvider time, string value = "some-token", double seconds = 3600) => new(
        new TokenResponse(new AccessToken(new Secret(value),
            new Lifetime(TimeSpan.FromSeconds(seconds), time.GetUtcNow(), time.GetTimestamp())), Attempts: 1),
        new VendorApi(new Uri("https://api.example.test"), "eu-west-1"),
        TokenSource.Issued);

    public static string Value(this CachedToken cached) => cached.Issued.Token.Value.Reveal();
}
