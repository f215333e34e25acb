using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.OAuth;

/// <summary>The one way of a request that a token comes with, RFC 6750 section 2.1.</summary>
internal sealed class BearerRequests(IssuedTokens tokens)
{
    private const string Scheme = "Bearer ";

    /// <param name="request">The request.</param>
    /// <param name="refuse">Puts a problem into the vendor's words.</param>
    /// <param name="response">Makes the response for a valid token and its client.</param>
    /// <param name="takesQuery">A query may come with it.</param>
    public Response Respond(
        Incoming request, Func<BearerProblem, Response> refuse, Func<string, SandboxClient, Response> response, bool takesQuery = false)
    {
        var authorization = request.Header("Authorization") ?? "";
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return refuse(BearerProblem.Missing);
        }

        var token = authorization[Scheme.Length..];
        return tokens.Find(token) switch
        {
            null => refuse(BearerProblem.Unknown),
            { Expired: true } => refuse(BearerProblem.Expired),
            _ when request.Body.Length > 0 || (request.Query.Length > 0 && !takesQuery) => refuse(BearerProblem.NotBare),
            var found => response(token, found.Client),
        };
    }
}

/// <summary>What is wrong with a request that a token should come with.</summary>
internal enum BearerProblem
{
    /// <summary>There is no bearer token in it.</summary>
    Missing,

    /// <summary>The token was never issued, or was revoked.</summary>
    Unknown,

    /// <summary>The token was good once.</summary>
    Expired,

    /// <summary>The token is valid, but the request has a query or body that is not allowed.</summary>
    NotBare,
}
