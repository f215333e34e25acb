using System.Net;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Inputs;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>
/// The managed identity of a virtual machine, told by its metadata service (IMDS), which needs no secret because only the
/// machine reaches it:
/// <see href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token">how to use it</see>.
/// </summary>
internal sealed class MachineIdentity(Uri host, string? clientId, KeyVaultSecret secret) : EntraCredential
{
    /// <summary>The same on every machine of Azure.</summary>
    public const string Host = "http://169.254.169.254";

    /// <summary>On a machine of Azure the answer takes milliseconds; on others, often nobody says that nobody is there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");

    /// <summary>
    /// The one exception from the rule for addresses: the metadata service speaks plain http. Nothing is sent to it but a header
    /// that is no secret, and what it answers does not leave the machine, since no router passes on a link-local address.
    /// </summary>
    /// <returns>What is wrong, or null; <paramref name="address"/> is set when nothing is.</returns>
    public static string? Check(string text, out Uri? address)
    {
        var problem = EndpointRule.Check(text, out address);
        if (problem is not null && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp
            && IPAddress.TryParse(uri.Host, out var ip) && LinkLocal.Contains(ip))
        {
            (address, problem) = (uri, null);
        }

        return problem;
    }

    public override async Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await AskAsync(connection, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Nobody();
        }
    }

    private async Task<Result<Secret>> AskAsync(StoreConnection connection, CancellationToken cancellation)
    {
        var query = ManagedIdentity.Query("2018-02-01", secret, clientId);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, $"/metadata/identity/oauth2/token?{query}"));
        request.Headers.TryAddWithoutValidation("Metadata", "true");
        if (!(await connection.Http.SendAsync(request, new AttemptReport("Managed identity") { MaxAttempts = 1 }, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out _))
        {
            return Nobody();
        }

        return reply switch
        {
            { IsSuccess: true } => EntraToken.Read(reply, host.Host, secret, connection),
            // A machine without an identity, or without this one, such as a hosted runner; or something else at that address.
            { Status: HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound } => Nobody(),
            _ => ManagedIdentity.Refused(reply, host.Host, secret, connection),
        };
    }

    private Failure Nobody() => StoreFailures.NoCredentials(
        secret.Shown,
        "give this step AZURE_TENANT_ID and AZURE_CLIENT_ID, and AZURE_CLIENT_SECRET or a federated credential (on GitHub permissions: id-token: write; elsewhere AZURE_FEDERATED_TOKEN_FILE); "
        + "in Azure Pipelines run it in the task AzureCLI with SYSTEM_ACCESSTOKEN mapped; or run it on a machine with a managed identity (AZURE_CLIENT_ID, if it is set, must be that of the identity).");
}
