using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Revocation;

/// <summary>What keeps a token from being revoked before anybody is asked to.</summary>
internal static class RevocationFailures
{
    /// <summary>Found out before a token is requested.</summary>
    public static Failure NotOfferedLater(TokenPlan plan) => new(ExitCode.Inputs, "The token could not be revoked later",
        $"revoke is on, but the metadata of {PlainText.Host(plan.Server.IssuerAddress!)} names no revocation_endpoint; no token was requested.",
        $"{plan.ProviderTitle} offers no way to take a token back.",
        "leave revoke out and keep the token's duration short at the vendor; or give the server's endpoint for it in revocation-url.",
        "the-token-could-not-be-revoked");

    /// <summary>Found out with the token at hand.</summary>
    public static Failure NotOffered(TokenPlan plan) => new(ExitCode.Inputs, "The token could not be revoked",
        $"The metadata of {PlainText.Host(plan.Server.IssuerAddress!)} names no revocation_endpoint; the token was sent nowhere and is still valid.",
        $"{plan.ProviderTitle} offers no way to take a token back.",
        "give the server's endpoint for it in revocation-url; or wait until the token expires.",
        "the-token-could-not-be-revoked");

    public static Failure StateDoesNotOpen { get; } = new(ExitCode.Bug, "The token could not be revoked",
        "What the step kept of its token cannot be opened with the inputs of this run.",
        "a secret, or the file that an input names, was changed or removed while the job ran.",
        "revoke it by hand if it must not live on, and keep the files that inputs name until the job's end.",
        "the-token-could-not-be-revoked");
}
