using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;
using Ccaas.Action.Reuse;
using Ccaas.Action.Tokens;
using Ccaas.Action.Verification;

namespace Ccaas.Action.Publishing;

/// <summary>What a run hands to the steps that follow.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Token">What came of it.</param>
/// <param name="Attempts">Tries the token request took; zero when there was none.</param>
/// <param name="Api">Where the token is good for something.</param>
/// <param name="Organization">Whom it belongs to; null when that was not asked.</param>
internal sealed record Publication(TokenRequest Request, AccessToken Token, int Attempts, VendorApi Api, Organization? Organization)
{
    public TokenPlan Plan => Request.Plan;

    public TokenSource Source { get; init; }

    /// <summary>The token for other jobs, encrypted; null when that is not wanted.</summary>
    public string? SealedToken { get; init; }
}
