namespace Ccaas.Sandbox.OAuth;

/// <summary>Reads tokens of another issuer, and checks that they have not expired.</summary>
internal static class FederatedAssertions
{
    /// <summary>Null with a problem if it is no token, or not one for now.</summary>
    public static SandboxAssertion? Read(string text, DateTimeOffset now, out FederatedProblem problem)
    {
        problem = FederatedProblem.NotAToken;
        if (SignedJwt.Parse(text) is not { } jwt || SignedJwt.Number(jwt.Claims, "exp") is not { } end)
        {
            return null;
        }

        problem = FederatedProblem.NotForNow;
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        return end <= seconds || SignedJwt.Number(jwt.Claims, "nbf") > seconds
            ? null
            : new SandboxAssertion(
                SignedJwt.Text(jwt.Claims, "iss") ?? "",
                SignedJwt.Text(jwt.Claims, "sub") ?? "",
                SignedJwt.Texts(jwt.Claims, "aud"),
                text);
    }
}

/// <summary>Why a token of another issuer is refused.</summary>
internal enum FederatedProblem
{
    /// <summary>It is no JSON Web Token, or none with an end.</summary>
    NotAToken,

    /// <summary>It has expired, or is still to come.</summary>
    NotForNow,
}
