namespace Ccaas.Action.OAuth;

/// <summary>Where to ask, once everything is looked up.</summary>
/// <param name="Token">The token endpoint.</param>
/// <param name="Revocation">The revocation endpoint of RFC 7009; null: the server has none that is known.</param>
internal sealed record ServerEndpoints(Uri Token, Uri? Revocation);
