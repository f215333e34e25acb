using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>
/// An application of a directory, which gets a token by the client credentials grant:
/// <see href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Microsoft Entra</see>.
/// </summary>
internal sealed class EntraApplication(Uri authority, string tenantId, string clientId, KeyVaultSecret secret)
{
    private readonly Uri _endpoint = new($"{authority.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(tenantId)}/oauth2/v2.0/token");

    /// <param name="proof">The fields that prove the application.</param>
    /// <param name="assertion">The token of somebody else's issuer that is among them; null: none.</param>
    /// <param name="connection">How to ask.</param>
    /// <param name="cancellation">Cancelled when the job is.</param>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<Secret>> TokenAsync(IEnumerable<GrantField> proof, Secret? assertion, StoreConnection connection, CancellationToken cancellation)
    {
        var grant = TokenGrant.ClientCredentials.With(
            [GrantField.Of("client_id", clientId), GrantField.Of("scope", $"{secret.Cloud.Resource}/.default"), .. proof]);
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = RequestBody.Of(grant, []) };
        var report = new AttemptReport("Token for the store") { MaxAttempts = StoreConnection.MaxAttempts };
        if (!(await connection.Http.SendAsync(request, report, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        return reply.IsSuccess
            ? EntraToken.Read(reply, _endpoint.Host, secret, connection)
            : new EntraRefusals(secret, connection.ForeignText).Explain(reply, _endpoint.Host, assertion);
    }
}
