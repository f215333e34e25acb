namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// Credentials of an instance's role, from the instance metadata service, version 2. It wants a token of its own first:
/// <see href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"/>.
/// </summary>
/// <param name="address">Of the service; null: it is disabled, or the address in the environment is not allowed.</param>
internal sealed class InstanceRole(Uri? address) : IAwsCredentialSource
{
    private const string Roles = "/latest/meta-data/iam/security-credentials/";
    private const string TokenHeader = "X-aws-ec2-metadata-token";

    // On an instance it responds in milliseconds. Elsewhere a connection is often neither accepted nor refused.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public IReadOnlyList<Secret> Secrets => [];

    public static InstanceRole Of(Func<string, string?> variable) => new(
        string.Equals(variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
            ? null
            : MetadataAddress.Read(variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"));

    public async Task<AwsCredentials> ObtainAsync(AwsSecret target, CancellationToken cancellation)
    {
        if (await TokenAsync(target, cancellation) is not { } token)
        {
            throw NoCredentials(target);
        }

        var roles = await GetAsync(target, Roles, "Role of the instance", token, cancellation);
        var role = roles.IsSuccess ? Encoding.UTF8.GetString(roles.Body.Span).Split('\n')[0].Trim() : "";
        if (role.Length == 0 && (roles.IsSuccess || roles.Status == HttpStatusCode.NotFound))
        {
            throw NoCredentials(target);
        }

        return RoleCredentials.Read(roles.IsSuccess
            ? await GetAsync(target, Roles + Uri.EscapeDataString(role), "Credentials of the instance", token, cancellation)
            : roles, target);
    }

    /// <returns>Null when there is no such service. Machines of other clouds have another service at the same address.</returns>
    private async Task<Secret?> TokenAsync(AwsSecret target, CancellationToken cancellation)
    {
        if (address is null)
        {
            return null;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Timeout);
        using var request = Request(HttpMethod.Put, "/latest/api/token");
        // Seconds; more than the two requests below take.
        request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token-ttl-seconds", "60");
        try
        {
            var response = await target.Connection.SendAsync(request, "Metadata of the instance", timeout.Token, attempts: 1);
            var text = response.IsSuccess ? Encoding.UTF8.GetString(response.Body.Span).Trim() : null;
            return target.Connection.Masked(text);
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<HttpReply> GetAsync(AwsSecret target, string path, string purpose, Secret token, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(TokenHeader, token.Reveal());
        return await target.Connection.SendAsync(request, purpose, cancellation);
    }

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, new Uri(address!.GetLeftPart(UriPartial.Authority) + path));

    private static FailureException NoCredentials(AwsSecret target) => StoreFailures.NoCredentials(target.Shown,
        "give one of these: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (with AWS_SESSION_TOKEN for a temporary key); AWS_ROLE_ARN in a "
            + "job that may request its identity (in GitHub Actions: permissions: id-token: write), or with AWS_WEB_IDENTITY_TOKEN_FILE; "
            + "or run on a task, pod or instance that has a role (in a container on an instance, its metadata service needs a hop limit "
            + "of 2).");
}

/// <summary>
/// Credentials of a container's role, in Amazon ECS and EKS:
/// <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>.
/// </summary>
/// <param name="address">Of the credentials; null: the address in the environment is not allowed.</param>
/// <param name="token">The value of the Authorization header; null: it is in the file, or none is needed.</param>
/// <param name="tokenFile">Null: there is none.</param>
internal sealed class ContainerRole(Uri? address, Secret? token, string? tokenFile) : IAwsCredentialSource
{
    private const string Ecs = "http://169.254.170.2/";

    public IReadOnlyList<Secret> Secrets => token is null ? [] : [token];

    public Uri? Address => address;

    /// <returns>Null when this is not a container with a role.</returns>
    public static ContainerRole? Of(Func<string, string?> variable)
    {
        // The slash after the host is part of the constant, so the path cannot change the host.
        var address = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } path
            ? Ecs + path.TrimStart('/')
            : variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        var file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        return address is null ? null : new ContainerRole(
            MetadataAddress.Read(address),
            file is null && variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") is { } token ? new Secret(token) : null,
            file);
    }

    public async Task<AwsCredentials> ObtainAsync(AwsSecret target, CancellationToken cancellation)
    {
        if (address is null)
        {
            throw target.Failed("cannot be used, because the address in AWS_CONTAINER_CREDENTIALS_FULL_URI is not allowed",
                "it is http, and its host is neither loopback nor one of AWS's link-local addresses for this purpose.",
                "give an https address, or leave it out.");
        }

        var authorization = token ?? (tokenFile is null ? null : target.Connection.ReadSecret(tokenFile));
        if (authorization is null ? tokenFile is not null : authorization.Reveal().AsSpan().ContainsAny('\r', '\n'))
        {
            throw target.Failed("cannot be used, because the container's authorization token cannot be read",
                "the file that AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names is not there or empty, or the token has more than one line.",
                "check the path, and that the step may read it.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (authorization is not null)
        {
            // Unchanged: the value contains its scheme, if it has one.
            request.Headers.TryAddWithoutValidation("Authorization", authorization.Reveal());
        }

        return RoleCredentials.Read(await target.Connection.SendAsync(request, "Credentials of the container", cancellation), target);
    }
}

/// <summary>Reads a role's credentials, one JSON object, which is the same for containers and instances.</summary>
internal static class RoleCredentials
{
    public static AwsCredentials Read(HttpReply response, AwsSecret target)
    {
        var credentials = response.IsSuccess
            ? JsonField.Read(response.Body, root => AwsCredentials.Read(
                JsonField.Text(root, "AccessKeyId"), JsonField.Text(root, "SecretAccessKey"), JsonField.Text(root, "Token"),
                    target.Connection.Masker))
            : null;
        return credentials is { SessionToken: not null } ? credentials : throw (response.IsSuccess
            ? target.Failed("cannot be used, because the response holds no credentials of this machine's role",
                "the address is not that of AWS's service.",
                "check AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_EC2_METADATA_SERVICE_ENDPOINT.")
            : target.Failed($"cannot be used, because the request for the credentials of this machine's role failed "
                + $"({AttemptLog.Status(response.Status)}{target.Describe(response.Error.Code, response.Error.Description)})",
                "it has no role, or AWS_CONTAINER_AUTHORIZATION_TOKEN is wrong.",
                "check the role of the task, the pod or the instance; or give credentials in another way."));
    }
}

/// <summary>
/// The addresses that credentials of a machine or a container may be requested from: https, loopback, and AWS's link-local
/// addresses. These speak plain http, and packets to them are never routed to another host. AWS's own tools have the same list
/// (<see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>).
/// </summary>
internal static class MetadataAddress
{
    private static readonly string[] LinkLocal =
    [
        // Amazon ECS; Amazon EKS; the metadata service of an instance. The IPv6 addresses are EKS's and the instance's.
        "169.254.170.2", "169.254.170.23", "169.254.169.254", "[fd00:ec2::23]", "[fd00:ec2::254]",
    ];

    /// <returns>Null when the address is not allowed.</returns>
    public static Uri? Read(string text) => IsLinkLocal(text)
        ? new Uri(text) : EndpointRule.Check(text, out var address) is null ? address
        : null;

    public static bool IsLinkLocal(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http", UserInfo: "" } && LinkLocal.Contains(uri.Host);
}
