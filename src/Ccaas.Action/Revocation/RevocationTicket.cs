using Ccaas.Action.Foundation;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Revocation;

/// <summary>Everything that is needed later to take a token back.</summary>
/// <param name="Token">The token.</param>
/// <param name="Address">Where it is taken back.</param>
/// <param name="IsVendorsOwn">By DELETE with the token as Bearer; else by RFC 7009.</param>
/// <param name="TokenEndpoint">For whom a client's assertion is made.</param>
/// <param name="ExpiresAt">When the token ends by itself, UTC; null when that is not known.</param>
internal sealed record RevocationTicket(Secret Token, Uri Address, bool IsVendorsOwn, Uri TokenEndpoint, DateTimeOffset? ExpiresAt)
{
    /// <returns>Null when the provider offers no way that is known.</returns>
    public static RevocationTicket? For(TokenPlan plan, ServerEndpoints endpoints, Secret token, DateTimeOffset? expiresAt) => plan switch
    {
        _ when endpoints.Revocation is { } address => new(token, address, IsVendorsOwn: false, endpoints.Token, expiresAt),
        { RevocationPath: { } path, Api.Base: { } api } => new(token, new VendorApi(api, "").Below(path), IsVendorsOwn: true, endpoints.Token, expiresAt),
        _ => null,
    };
}
