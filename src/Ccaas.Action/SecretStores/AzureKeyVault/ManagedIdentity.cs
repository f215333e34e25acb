namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>What the services that issue tokens of managed identities have in common.</summary>
internal static class ManagedIdentity
{
    /// <param name="apiVersion">Of the service.</param>
    /// <param name="secret">The secret that the token is for.</param>
    /// <param name="clientId">Of a user-assigned identity; null: the only one, or the system-assigned one.</param>
    public static string Query(string apiVersion, KeyVaultSecret secret, string? clientId)
    {
        var query = $"api-version={apiVersion}&resource={Uri.EscapeDataString(secret.Cloud.Resource)}";
        return clientId is null ? query : $"{query}&client_id={Uri.EscapeDataString(clientId)}";
    }

    public static FailureException Refused(HttpReply response, string host, KeyVaultSecret secret, StoreConnection connection)
    {
        var said = connection.UntrustedText.Clean(response.Error.Description ?? response.Error.Code).TrimEnd('.');
        var message = $"cannot be used: {host} responded to the request for a token of the managed identity with "
            + $"{AttemptLog.Status(response.Status)}{(said.Length > 0 ? $": {said}" : "")}";
        return response.Status switch
        {
            HttpStatusCode.TooManyRequests => StoreFailures.Throttled(secret.Shown, message),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => StoreFailures.Refused(
                secret.Shown, message,
                "no such identity is assigned to the machine or service that this step runs on.",
                "assign it, and check that AZURE_CLIENT_ID is the client id of a user-assigned identity, or unset it to use the "
                    + "system-assigned one."),
            _ => StoreFailures.Failed(secret.Shown, message, "", "the next job tries again."),
        };
    }
}

/// <summary>
/// The managed identity of a virtual machine, from its metadata service (IMDS), which only that machine can reach:
/// <see href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token">how to use it</see>.
/// </summary>
internal sealed class MachineIdentity(Uri host, string? clientId, KeyVaultSecret secret) : EntraCredential
{
    public const string Host = "http://169.254.169.254";

    /// <summary>In Azure the response takes milliseconds. Elsewhere a connection is often neither accepted nor refused.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");

    /// <summary>
    /// The exception from the rule for addresses: the metadata service speaks plain http. The request holds no secret, and
    /// packets to a link-local address are never routed to another host.
    /// </summary>
    /// <returns>What is wrong; null when <paramref name="address"/> is valid.</returns>
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

    public override async Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Timeout, connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        HttpReply response;
        try
        {
            response = await RequestAsync(connection, either.Token);
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            throw NoCredentials();
        }

        return response switch
        {
            { IsSuccess: true } => EntraToken.Read(response, host.Host, secret, connection),
            // A machine without this identity, such as a hosted runner; or another service at that address.
            { Status: HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound } => throw NoCredentials(),
            _ => throw ManagedIdentity.Refused(response, host.Host, secret, connection),
        };
    }

    private async Task<HttpReply> RequestAsync(StoreConnection connection, CancellationToken cancellation)
    {
        var query = ManagedIdentity.Query("2018-02-01", secret, clientId);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, $"/metadata/identity/oauth2/token?{query}"));
        request.Headers.TryAddWithoutValidation("Metadata", "true");
        return await connection.SendAsync(request, "Managed identity", cancellation, attempts: 1);
    }

    private FailureException NoCredentials() => StoreFailures.NoCredentials(
        secret.Shown,
        "give this step AZURE_TENANT_ID and AZURE_CLIENT_ID, and AZURE_CLIENT_SECRET or a federated credential (on GitHub permissions: "
            + "id-token: write; elsewhere AZURE_FEDERATED_TOKEN_FILE); "
        + "in Azure Pipelines run it in the task AzureCLI with SYSTEM_ACCESSTOKEN mapped; or run it on a machine with a managed identity "
        + "(AZURE_CLIENT_ID, if it is set, must be that of the identity).");
}

/// <summary>
/// The managed identity of App Service, Functions or Container Apps:
/// <see href="https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference">REST endpoint</see>.
/// </summary>
internal sealed class AppServiceIdentity(Uri endpoint, Secret header, string? clientId, KeyVaultSecret secret) : EntraCredential
{
    public override IReadOnlyList<Secret> Secrets => [header];

    public override async Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        var query = ManagedIdentity.Query("2019-08-01", secret, clientId);
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(endpoint) { Query = query }.Uri);
        request.Headers.TryAddWithoutValidation("X-IDENTITY-HEADER", header.Reveal());
        var response = await connection.SendAsync(request, "Managed identity", cancellation);
        return response.IsSuccess
            ? EntraToken.Read(response, endpoint.Host, secret, connection)
            : throw ManagedIdentity.Refused(response, endpoint.Host, secret, connection);
    }
}
