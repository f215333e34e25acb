using Ccaas.Action.Foundation;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>
/// An application that trusts somebody else's issuer, and is proved by a token of that one:
/// <see href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation">workload identity federation</see>.
/// </summary>
internal sealed class EntraFederation(EntraApplication application, FederatedIdentity identity) : EntraCredential
{
    public override IReadOnlyList<Secret> Secrets => identity.Secrets;

    public override async Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        if (!(await identity.TokenAsync(connection, cancellation).ConfigureAwait(false)).Succeeded(out var assertion, out var failure))
        {
            return failure;
        }

        GrantField[] proof = [GrantField.Of("client_assertion_type", ClientAssertion.Type), GrantField.Of("client_assertion", assertion)];
        return await application.TokenAsync(proof, assertion, connection, cancellation).ConfigureAwait(false);
    }
}
