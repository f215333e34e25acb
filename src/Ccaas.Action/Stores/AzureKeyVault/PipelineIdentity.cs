using System.Net;
using System.Net.Http.Headers;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>A token that the CI system makes for this job when it is asked.</summary>
internal sealed class PipelineIdentity : FederatedIdentity
{
    private readonly HttpMethod _method;
    private readonly Uri _address;
    private readonly Secret _bearer;
    private readonly string _field;
    private readonly string _permission;
    private readonly KeyVaultSecret _secret;

    private PipelineIdentity(HttpMethod method, Uri address, Secret bearer, string field, string permission, KeyVaultSecret secret) =>
        (_method, _address, _bearer, _field, _permission, _secret) = (method, address, bearer, field, permission, secret);

    public override IReadOnlyList<Secret> Secrets => [_bearer];

    /// <summary>As <see cref="Requests.JobIdentity"/> says it.</summary>
    public static PipelineIdentity OfJob(Uri address, Secret bearer, KeyVaultSecret secret) => new(
        HttpMethod.Get, With(address, $"audience={Uri.EscapeDataString(Audience)}"), bearer, "value",
        "check that the job may ask for one (permissions: id-token: write).", secret);

    /// <summary>
    /// A service connection of Azure Pipelines, whose token it makes for the audience of its own accord:
    /// <see href="https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create">the REST API</see>.
    /// </summary>
    public static PipelineIdentity OfServiceConnection(Uri address, string connection, Secret bearer, KeyVaultSecret secret) => new(
        HttpMethod.Post, With(address, $"api-version=7.1&serviceConnectionId={Uri.EscapeDataString(connection)}"), bearer, "oidcToken",
        "check that the service connection uses workload identity federation, and that this pipeline is authorised to use it.", secret);

    public override async Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(_method, _address);
        request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, _bearer.Reveal());
        if (_method == HttpMethod.Post)
        {
            // Without it, Azure Pipelines answers a token that it does not accept by the way to its sign-in page.
            request.Headers.TryAddWithoutValidation("X-TFS-FedAuthRedirect", "Suppress");
            request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        var report = new AttemptReport("Identity of the job") { MaxAttempts = StoreConnection.MaxAttempts };
        if (!(await connection.Http.SendAsync(request, report, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        // Masked before the status is looked at: whatever it is, a token in the answer is one.
        var token = Masked(JsonField.Text(reply.Body, _field), connection);
        return (reply, token) switch
        {
            ({ IsSuccess: true }, { }) => token,
            ({ IsSuccess: true }, null) => Failed($"{_address.Host} was asked for this job's identity and answered with success, but without a token"),
            ({ Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.NotFound }, _) => StoreFailures.Refused(
                _secret.Shown, Asked(reply), "the CI system gives no identity to this job.", _permission),
            _ => Failed(Asked(reply)),
        };
    }

    private string Asked(HttpReply reply) => $"cannot be used: {_address.Host} was asked for this job's identity and answered with {AttemptLog.Status(reply.Status)}";

    private Failure Failed(string happened) => StoreFailures.Failed(_secret.Shown, happened, "", $"run the job again; if it stays so, {_permission}");

    private static Uri With(Uri address, string query) =>
        new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{query}" : query }.Uri;
}
