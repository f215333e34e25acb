namespace Ccaas.Action.SecretStores.AzureKeyVault;

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

    public static FailureException Refused(HttpReply reply, string host, KeyVaultSecret secret, StoreConnection connection)
    {
        var said = connection.UntrustedText.Clean(reply.Error.Description ?? reply.Error.Code).TrimEnd('.');
        var message = $"cannot be used: {host} was asked for a token of the managed identity and responded with {AttemptLog.Status(reply.Status)}{(said.Length > 0 ? $": {said}" : "")}";
        return reply.Status switch
        {
            HttpStatusCode.TooManyRequests => StoreFailures.Throttled(secret.Shown, message),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => StoreFailures.Refused(
                secret.Shown, message,
                "no such identity is assigned to what this step runs on.",
                "assign it, and check that AZURE_CLIENT_ID is the client id of a user-assigned identity, or unset it to use the system-assigned one."),
            _ => StoreFailures.Failed(secret.Shown, message, "", "the next job tries again."),
        };
    }
}

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

    public override async Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        HttpReply reply;
        try
        {
            reply = await AskAsync(connection, either.Token);
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw Nobody();
        }

        return reply switch
        {
            { IsSuccess: true } => EntraToken.Read(reply, host.Host, secret, connection),
            // A machine without an identity, or without this one, such as a hosted runner; or something else at that address.
            { Status: HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound } => throw Nobody(),
            _ => throw ManagedIdentity.Refused(reply, host.Host, secret, connection),
        };
    }

    private async Task<HttpReply> AskAsync(StoreConnection connection, CancellationToken cancellation)
    {
        var query = ManagedIdentity.Query("2018-02-01", secret, clientId);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, $"/metadata/identity/oauth2/token?{query}"));
        request.Headers.TryAddWithoutValidation("Metadata", "true");
        return await connection.Http.SendAsync(request, new AttemptInfo("Managed identity") { MaxAttempts = 1 }, cancellation);
    }

    private FailureException Nobody() => StoreFailures.NoCredentials(
        secret.Shown,
        "give this step AZURE_TENANT_ID and AZURE_CLIENT_ID, and AZURE_CLIENT_SECRET or a federated credential (on GitHub permissions: id-token: write; elsewhere AZURE_FEDERATED_TOKEN_FILE); "
        + "in Azure Pipelines run it in the task AzureCLI with SYSTEM_ACCESSTOKEN mapped; or run it on a machine with a managed identity (AZURE_CLIENT_ID, if it is set, must be that of the identity).");
}

/// <summary>
/// The managed identity of what runs in App Service, Functions or Container Apps:
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
        var report = new AttemptInfo("Managed identity") { MaxAttempts = StoreConnection.MaxAttempts };
        var reply = await connection.Http.SendAsync(request, report, cancellation);
        return reply.IsSuccess ? EntraToken.Read(reply, endpoint.Host, secret, connection) : throw ManagedIdentity.Refused(reply, endpoint.Host, secret, connection);
    }
}
