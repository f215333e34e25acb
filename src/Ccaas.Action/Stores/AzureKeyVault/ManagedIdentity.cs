using System.Net;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>What is the same of all services that hand out tokens of an identity which Azure manages.</summary>
internal static class ManagedIdentity
{
    /// <param name="apiVersion">The service's.</param>
    /// <param name="secret">What the token is wanted for.</param>
    /// <param name="clientId">Which identity, where there are several; null: the only one, or the machine's own.</param>
    public static string Query(string apiVersion, KeyVaultSecret secret, string? clientId)
    {
        var query = $"api-version={apiVersion}&resource={Uri.EscapeDataString(secret.Cloud.Resource)}";
        return clientId is null ? query : $"{query}&client_id={Uri.EscapeDataString(clientId)}";
    }

    public static Failure Refused(HttpReply reply, string host, KeyVaultSecret secret, StoreConnection connection)
    {
        var said = connection.ForeignText.Clean(reply.Error.Description ?? reply.Error.Code).TrimEnd('.');
        var happened = $"cannot be used: {host} was asked for a token of the managed identity and answered with {AttemptLog.Status(reply.Status)}{(said.Length > 0 ? $": {said}" : "")}";
        return reply.Status switch
        {
            HttpStatusCode.TooManyRequests => StoreFailures.Throttled(secret.Shown, happened),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => StoreFailures.Refused(
                secret.Shown, happened,
                "no such identity is assigned to what this step runs on.",
                "assign it, and check that AZURE_CLIENT_ID is the client id of a user-assigned identity, or unset it to use the system-assigned one."),
            _ => StoreFailures.Failed(secret.Shown, happened, "", "the next job tries again."),
        };
    }
}
