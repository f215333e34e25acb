using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>The OAuth client and how it proves itself, RFC 6749 §2.3.</summary>
/// <param name="Id">The client's id; no secret.</param>
/// <param name="Authentication">The way of the proof.</param>
internal sealed record OAuthClient(string Id, ClientAuthenticationMethod Authentication)
{
    /// <summary>The client's password; null where the proof is another one.</summary>
    public Secret? Secret { get; init; }

    /// <summary>What an assertion is signed with; null where there is none.</summary>
    public SigningKey? Key { get; init; }
}
