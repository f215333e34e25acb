namespace Ccaas.Sandbox.OAuth;

/// <summary>What is wrong with a request that a token should come with.</summary>
internal enum BearerProblem
{
    /// <summary>There is no bearer token in it.</summary>
    Missing,

    /// <summary>The token was never issued, or was revoked.</summary>
    Unknown,

    /// <summary>The token was good once.</summary>
    Expired,

    /// <summary>The token is good, but a query or a body came with it that nobody asked for.</summary>
    NotBare,
}
