using System.Net;
using System.Text;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>
/// The role of an instance, from its metadata service in the second version, which wants a token of its own first:
/// <see href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"/>.
/// </summary>
/// <param name="address">Where the service is; null: nobody is to be asked, or the environment names an address where nothing may be asked.</param>
internal sealed class InstanceRole(Uri? address) : IAwsKeySource
{
    private const string Roles = "/latest/meta-data/iam/security-credentials/";
    private const string TokenHeader = "X-aws-ec2-metadata-token";

    // Nobody answers where there is no instance, and often not even with a refusal. What answers is next door.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public IReadOnlyList<Secret> Secrets => [];

    public static InstanceRole Of(Func<string, string?> given) => new(
        string.Equals(given("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
            ? null
            : MetadataAddress.Read(given("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"));

    public async Task<Result<AwsKey>> ObtainAsync(AwsQuestions questions, CancellationToken cancellation)
    {
        if (await TokenAsync(questions, cancellation).ConfigureAwait(false) is not { } token)
        {
            return Nothing(questions);
        }

        if (!(await GetAsync(questions, Roles, "Role of the instance", token, cancellation).ConfigureAwait(false)).Succeeded(out var roles, out var broken))
        {
            return broken;
        }

        var role = roles.IsSuccess ? Encoding.UTF8.GetString(roles.Body.Span).Split('\n')[0].Trim() : "";
        if (role.Length == 0 && (roles.IsSuccess || roles.Status == HttpStatusCode.NotFound))
        {
            return Nothing(questions);
        }

        return !roles.IsSuccess ? RoleKey.Read(roles, questions)
            : (await GetAsync(questions, Roles + Uri.EscapeDataString(role), "Keys of the instance", token, cancellation).ConfigureAwait(false)).Succeeded(out var key, out var cut)
                ? RoleKey.Read(key, questions)
                : cut;
    }

    /// <returns>Null when nobody is there, or nobody who hands out tokens: the machines of other clouds have a service at the same address.</returns>
    private async Task<Secret?> TokenAsync(AwsQuestions questions, CancellationToken cancellation)
    {
        if (address is null)
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var request = Request(HttpMethod.Put, "/latest/api/token");
        // A minute is more than the two questions take.
        request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token-ttl-seconds", "60");
        try
        {
            var result = await questions.AskAsync(request, "Metadata of the instance", patience.Token, attempts: 1).ConfigureAwait(false);
            var text = result.Succeeded(out var reply, out _) && reply.IsSuccess ? Encoding.UTF8.GetString(reply.Body.Span).Trim() : null;
            return AwsKey.IsSendable(text) ? questions.Masked(text!) : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Result<HttpReply>> GetAsync(AwsQuestions questions, string path, string purpose, Secret token, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(TokenHeader, token.Reveal());
        return await questions.AskAsync(request, purpose, cancellation).ConfigureAwait(false);
    }

    private HttpRequestMessage Request(HttpMethod method, string path) => new(method, new Uri(address!.GetLeftPart(UriPartial.Authority) + path));

    private static Failure Nothing(AwsQuestions questions) => StoreFailures.NoCredentials(questions.Store,
        "give one of these: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (with AWS_SESSION_TOKEN for a temporary key); AWS_ROLE_ARN in a job that may ask for its identity (in GitHub Actions: permissions: id-token: write), or with AWS_WEB_IDENTITY_TOKEN_FILE; or run on a task, pod or instance that has a role (in a container on an instance, its metadata service needs a hop limit of 2).");
}
