namespace Ccaas.Sandbox.OAuth;

/// <summary>Clients that prove who they are by signing an assertion: private_key_jwt, RFC 7523 section 3.</summary>
internal sealed class ClientAssertions(IReadOnlyList<SandboxClient> clients, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Whoever steals an assertion may use it until it ends, so it has no business to last.
    private const int MostSeconds = 600;

    private readonly UsedIds _used = new(clock);

    /// <summary>Null with a problem if the assertion does not hold.</summary>
    public SandboxClient? FindClient(string assertion, IReadOnlyList<string> audiences, out string problem)
    {
        if (SignedJwt.Parse(assertion) is not { } jwt)
        {
            problem = "the assertion is not a JSON Web Token";
            return null;
        }

        var client = clients.FirstOrDefault(c => c.ClientId == SignedJwt.Text(jwt.Claims, "sub"));
        problem = client is null
            ? "sub of the assertion is not a client"
            : CheckSignature(jwt, client) ?? CheckClaims(jwt, client, audiences) ?? "";
        return problem.Length == 0 ? client : null;
    }

    private static string? CheckSignature(SignedJwt jwt, SandboxClient client) => client.PublicKeyPem switch
    {
        null => "the client has no public key",
        // RFC 7515 section 4.1.11: who does not understand what is critical refuses.
        _ when jwt.Header.TryGetProperty("crit", out _) => "the header of the assertion has a crit",
        _ when SignedJwt.Text(jwt.Header, "alg") is not ("RS256" or "PS256" or "ES256") =>
            "alg of the assertion is none of RS256, PS256 and ES256",
        var pem when !ClientKey.Read(pem).HasSigned(SignedJwt.Text(jwt.Header, "alg"), jwt.SignedBytes, jwt.Signature) =>
            "the signature of the assertion does not match the public key of the client",
        _ => null,
    };

    private string? CheckClaims(SignedJwt jwt, SandboxClient client, IReadOnlyList<string> audiences)
    {
        var now = clock.GetUtcNow();
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        return SignedJwt.Number(jwt.Claims, "exp") switch
        {
            _ when SignedJwt.Text(jwt.Claims, "iss") != client.ClientId => "iss of the assertion is not the client",
            _ when !SignedJwt.Texts(jwt.Claims, "aud").Intersect(audiences).Any() =>
                $"aud of the assertion is none of {string.Join(", ", audiences)}",
            null => "the assertion has no exp",
            var exp when exp <= seconds => "the assertion has expired",
            var exp when exp > seconds + MostSeconds => $"exp of the assertion is more than {MostSeconds} seconds ahead",
            _ when SignedJwt.Number(jwt.Claims, "nbf") > seconds => "nbf of the assertion is still to come",
            _ when SignedJwt.Number(jwt.Claims, "iat") > seconds => "iat of the assertion is still to come",
            _ when SignedJwt.Text(jwt.Claims, "jti") is not { Length: > 0 } => "the assertion has no jti",
            // Last, so that an assertion that does not hold uses up no id.
            _ when !_used.TryUse(client.ClientId, SignedJwt.Text(jwt.Claims, "jti")!, now.AddSeconds(MostSeconds)) =>
                "jti of the assertion was used before",
            _ => null,
        };
    }
}
