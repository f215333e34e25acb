using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>An application that proves itself by its password.</summary>
internal sealed class EntraClientSecret(EntraApplication application, Secret clientSecret) : EntraCredential
{
    public override IReadOnlyList<Secret> Secrets => [clientSecret];

    public override Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation) =>
        application.TokenAsync([GrantField.Of("client_secret", clientSecret)], null, connection, cancellation);
}
