using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>A token that the CI system makes for this job when it is asked.</summary>
internal sealed class PipelineIdentity(JobToken token) : FederatedIdentity
{
    public override IReadOnlyList<Secret> Secrets => token.Secrets;

    public static PipelineIdentity OfJob(JobIdentity identity, KeyVaultSecret secret) => new(JobToken.Of(identity, Audience, secret.Shown));

    /// <summary>
    /// A service connection of Azure Pipelines, whose token it makes for the audience of its own accord:
    /// <see href="https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create">the REST API</see>.
    /// </summary>
    public static PipelineIdentity OfServiceConnection(Uri address, string connection, Secret bearer, KeyVaultSecret secret) => new(new JobToken(
        HttpMethod.Post, JobToken.With(address, $"api-version=7.1&serviceConnectionId={Uri.EscapeDataString(connection)}"), bearer, "oidcToken",
        "check that the service connection uses workload identity federation, and that this pipeline is authorised to use it.", secret.Shown));

    public override Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation) => token.AskAsync(connection, cancellation);
}
