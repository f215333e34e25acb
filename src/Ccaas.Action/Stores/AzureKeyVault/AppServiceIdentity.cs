using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>
/// The managed identity of what runs in App Service, Functions or Container Apps:
/// <see href="https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference">REST endpoint</see>.
/// </summary>
internal sealed class AppServiceIdentity(Uri endpoint, Secret header, string? clientId, KeyVaultSecret secret) : EntraCredential
{
    public override IReadOnlyList<Secret> Secrets => [header];

    public override async Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        var query = ManagedIdentity.Query("2019-08-01", secret, clientId);
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(endpoint) { Query = query }.Uri);
        request.Headers.TryAddWithoutValidation("X-IDENTITY-HEADER", header.Reveal());
        var report = new AttemptReport("Managed identity") { MaxAttempts = StoreConnection.MaxAttempts };
        if (!(await connection.Http.SendAsync(request, report, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        return reply.IsSuccess ? EntraToken.Read(reply, endpoint.Host, secret, connection) : ManagedIdentity.Refused(reply, endpoint.Host, secret, connection);
    }
}
