namespace Ccaas.Sandbox.OAuth;

/// <summary>Why a token of somebody else's issuer is not even looked at.</summary>
internal enum FederatedProblem
{
    /// <summary>It is no JSON Web Token, or none with an end.</summary>
    NotAToken,

    /// <summary>It has expired, or is still to come.</summary>
    NotForNow,
}
