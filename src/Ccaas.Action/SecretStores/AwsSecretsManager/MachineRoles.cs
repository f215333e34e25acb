namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// The role of an instance, from its metadata service in the second version, which wants a token of its own first:
/// <see href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"/>.
/// </summary>
/// <param name="address">Where the service is; null: nobody is to be asked, or the environment names an address where nothing may be asked.</param>
internal sealed class InstanceRole(Uri? address) : IAwsCredentialSource
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

    public async Task<AwsCredentials> ObtainAsync(AwsQuestions questions, CancellationToken cancellation)
    {
        if (await TokenAsync(questions, cancellation) is not { } token)
        {
            throw Nothing(questions);
        }

        var roles = await GetAsync(questions, Roles, "Role of the instance", token, cancellation);
        var role = roles.IsSuccess ? Encoding.UTF8.GetString(roles.Body.Span).Split('\n')[0].Trim() : "";
        if (role.Length == 0 && (roles.IsSuccess || roles.Status == HttpStatusCode.NotFound))
        {
            throw Nothing(questions);
        }

        return RoleCredentials.Read(roles.IsSuccess ? await GetAsync(questions, Roles + Uri.EscapeDataString(role), "Keys of the instance", token, cancellation) : roles, questions);
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
            var reply = await questions.AskAsync(request, "Metadata of the instance", patience.Token, attempts: 1);
            var text = reply.IsSuccess ? Encoding.UTF8.GetString(reply.Body.Span).Trim() : null;
            return AwsCredentials.IsSendable(text) ? questions.Masked(text!) : null;
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<HttpReply> GetAsync(AwsQuestions questions, string path, string purpose, Secret token, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(TokenHeader, token.Reveal());
        return await questions.AskAsync(request, purpose, cancellation);
    }

    private HttpRequestMessage Request(HttpMethod method, string path) => new(method, new Uri(address!.GetLeftPart(UriPartial.Authority) + path));

    private static FailureException Nothing(AwsQuestions questions) => StoreFailures.NoCredentials(questions.Store,
        "give one of these: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (with AWS_SESSION_TOKEN for a temporary key); AWS_ROLE_ARN in a job that may request an OIDC token (in GitHub Actions: permissions: id-token: write), or with AWS_WEB_IDENTITY_TOKEN_FILE; or run on a task, pod or instance that has a role (in a container on an instance, its metadata service needs a hop limit of 2).");
}

/// <summary>
/// The role of a container, in Amazon ECS and EKS:
/// <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>.
/// </summary>
/// <param name="address">Where its keys are told; null: the environment names an address where nothing may be asked.</param>
/// <param name="token">Proves that the question comes out of the container; null: it stands in a file, or is not wanted.</param>
/// <param name="tokenFile">Where it stands; null: in no file.</param>
internal sealed class ContainerRole(Uri? address, Secret? token, string? tokenFile) : IAwsCredentialSource
{
    private const string Ecs = "http://169.254.170.2/";

    public IReadOnlyList<Secret> Secrets => token is null ? [] : [token];

    /// <summary>Where its keys are told.</summary>
    public Uri? Address => address;

    /// <returns>Null when this is no container with a role.</returns>
    public static ContainerRole? Of(Func<string, string?> given)
    {
        // The first slash is ours, so that what follows it cannot name another host.
        var address = given("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } path ? Ecs + path.TrimStart('/') : given("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        var file = given("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        return address is null ? null : new ContainerRole(
            MetadataAddress.Read(address),
            file is null && given("AWS_CONTAINER_AUTHORIZATION_TOKEN") is { } token ? new Secret(token) : null,
            file);
    }

    public async Task<AwsCredentials> ObtainAsync(AwsQuestions questions, CancellationToken cancellation)
    {
        if (address is null)
        {
            throw questions.Failed("cannot be used, because AWS_CONTAINER_CREDENTIALS_FULL_URI is not an address that credentials may be requested from",
                "it is plain http to a host that is neither loopback nor one that AWS uses for this.",
                "give an https address, or leave it out.");
        }

        var shown = token ?? (tokenFile is null ? null : SecretText.Read(tokenFile, questions));
        if (shown is null ? tokenFile is not null : shown.Reveal().AsSpan().ContainsAny('\r', '\n'))
        {
            throw questions.Failed("cannot be used, because the container's authorization token cannot be read",
                "the file that AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names is not there or empty, or the token has more than one line.",
                "check the path, and that the step may read it.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (shown is not null)
        {
            // As it is: the value says itself which scheme it is of, if any.
            request.Headers.TryAddWithoutValidation("Authorization", shown.Reveal());
        }

        return RoleCredentials.Read(await questions.AskAsync(request, "Keys of the container", cancellation), questions);
    }
}

/// <summary>A role's keys as containers and instances are told them: one JSON object.</summary>
internal static class RoleCredentials
{
    public static AwsCredentials Read(HttpReply reply, AwsQuestions questions)
    {
        var key = reply.IsSuccess
            ? JsonField.Read(reply.Body, root => AwsCredentials.Read(
                JsonField.Text(root, "AccessKeyId"), JsonField.Text(root, "SecretAccessKey"), JsonField.Text(root, "Token"), questions.Connection.Masker))
            : null;
        return key is { SessionToken: not null } ? key : throw (reply.IsSuccess
            ? questions.Failed("cannot be used, because the keys of this machine's role came in an invalid form",
                "the address is not that of AWS's service.",
                "check AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_EC2_METADATA_SERVICE_ENDPOINT.")
            : questions.Failed($"cannot be used, because the request for the credentials of this machine's role failed ({AttemptLog.Status(reply.Status)}{questions.Said(reply.Error.Code, reply.Error.Description)})",
                "it has no role, or AWS_CONTAINER_AUTHORIZATION_TOKEN is not the one that it was given.",
                "check the role of the task, the pod or the instance; or give credentials in another way."));
    }
}

/// <summary>
/// What an address must be before a machine's or a container's keys are asked for there. The services that hand them out speak
/// plain http on addresses of the link, which no packet leaves the host for: the one exception to https besides loopback, and
/// for these hosts alone, as in AWS's own tools
/// (<see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>).
/// </summary>
internal static class MetadataAddress
{
    private static readonly string[] OfTheLink =
    [
        // Amazon ECS; Amazon EKS; the metadata service of an instance. The IPv6 addresses are EKS's and the instance's.
        "169.254.170.2", "169.254.170.23", "169.254.169.254", "[fd00:ec2::23]", "[fd00:ec2::254]",
    ];

    /// <returns>Null when nothing may be asked there.</returns>
    public static Uri? Read(string text) => IsOfTheLink(text) ? new Uri(text) : EndpointRule.Check(text, out var address) is null ? address : null;

    public static bool IsOfTheLink(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http", UserInfo: "" } && OfTheLink.Contains(uri.Host);
}

/// <summary>A file that AWS's environment variables name, and that holds a token and nothing else.</summary>
internal static class SecretText
{
    // More than any token has; a path by mistake may lead to anything.
    private const int Longest = 65536;

    /// <returns>What it holds, masked, without the blanks around it; null when it is empty, too long, or cannot be read.</returns>
    public static Secret? Read(string path, AwsQuestions questions)
    {
        try
        {
            var text = RegularFile.Read(path, Longest).Trim();
            return text.Length == 0 ? null : questions.Masked(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
