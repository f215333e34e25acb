namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>
/// Looks for credentials under the names and in the order of Azure's own libraries
/// (<see href="https://learn.microsoft.com/dotnet/azure/sdk/authentication/credential-chains">the default chain</see>). The CI
/// system's identity, which that chain does not know, comes before the machine's.
/// </summary>
internal sealed class EntraEnvironment(ProcessEnvironment environment, KeyVaultSecret secret)
{
    private const string TenantId = "AZURE_TENANT_ID";
    private const string ClientId = "AZURE_CLIENT_ID";

    /// <param name="identity">Where the CI system issues OIDC tokens; null: nowhere.</param>
    /// <returns>The first that the environment names; else the machine's, which only a request can find.</returns>
    public EntraCredential Credential(CiIdTokenEndpoint? identity) =>
        ClientSecret() ?? FederatedTokenFile() ?? OfJob(identity) ?? ServiceConnection() ?? AppService() ?? Machine();

    private EntraCredential? ClientSecret() => Application(TenantId, ClientId, application =>
        Value("AZURE_CLIENT_SECRET") is { } given
            ? SecretOf("AZURE_CLIENT_SECRET", given, clientSecret => new EntraClientSecret(application, clientSecret))
            : null);

    // Set by the webhook of AKS, for example: https://azure.github.io/azure-workload-identity/docs/
    private EntraCredential? FederatedTokenFile() => Application(TenantId, ClientId, application =>
        Value("AZURE_FEDERATED_TOKEN_FILE") is { } path
            ? new EntraFederation(application, new IdTokenFile("AZURE_FEDERATED_TOKEN_FILE", path, secret.Shown))
            : null);

    private EntraCredential? OfJob(CiIdTokenEndpoint? identity) => identity is null ? null : Application(TenantId, ClientId, application =>
        Address("The address of the job's identity", identity.Address.AbsoluteUri, _ =>
            new EntraFederation(application, CiIdToken.Of(identity, EntraFederation.Audience, secret.Shown))));

    // Set by the tasks AzureCLI and AzurePowerShell, except SYSTEM_ACCESSTOKEN, which the pipeline maps: $(System.AccessToken)
    private EntraCredential? ServiceConnection() => Application("AZURESUBSCRIPTION_TENANT_ID", "AZURESUBSCRIPTION_CLIENT_ID", application =>
        (Value("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"), Value("SYSTEM_OIDCREQUESTURI"), Value("SYSTEM_ACCESSTOKEN")) is ({ } connection,
        { } uri, { } given)
            ? SecretOf("SYSTEM_ACCESSTOKEN", given, bearer => Address("SYSTEM_OIDCREQUESTURI", uri, address =>
                new EntraFederation(application, ServiceConnectionToken(address, connection, bearer))))
            : null);

    /// <summary>
    /// Azure Pipelines issues it for the service connection, with the audience of federated credentials:
    /// <see href="https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create">the REST API</see>.
    /// </summary>
    private CiIdToken ServiceConnectionToken(Uri address, string connection, Secret bearer) => new(
        HttpMethod.Post, CiIdToken.With(address, $"api-version=7.1&serviceConnectionId={Uri.EscapeDataString(connection)}"), bearer,
            "oidcToken",
        "check that the service connection uses workload identity federation, and that this pipeline is authorized to use it.",
            secret.Shown);

    private EntraCredential? AppService() => (Value("IDENTITY_ENDPOINT"), Value("IDENTITY_HEADER")) is ({ } endpoint, { } given)
        ? SecretOf("IDENTITY_HEADER", given, header =>
            Address("IDENTITY_ENDPOINT", endpoint, address => new AppServiceIdentity(address, header, Value(ClientId), secret)))
        : null;

    private EntraCredential Machine()
    {
        const string Variable = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
        var host = Value(Variable) ?? MachineIdentity.Host;
        return MachineIdentity.Check(host, out var address) is { } problem
            ? new UnusableCredential(Variable, problem, secret)
            : new MachineIdentity(address!, Value(ClientId), secret);
    }

    private EntraCredential? Application(string tenant, string client, Func<EntraApplication, EntraCredential?> use)
    {
        const string Variable = "AZURE_AUTHORITY_HOST";
        return (Value(tenant), Value(client)) is ({ } tenantId, { } clientId)
            ? Address(Variable, Value(Variable) ?? secret.Cloud.Authority, authority =>
                use(new EntraApplication(authority, tenantId, clientId, secret)))
            : null;
    }

    private EntraCredential? Address(string source, string text, Func<Uri, EntraCredential?> use) =>
        EndpointRule.Check(text, out var address) is { } problem ? new UnusableCredential(source, problem, secret) : use(address!);

    private EntraCredential? SecretOf(string variable, string text, Func<Secret, EntraCredential?> use) =>
        SecretRule.Check(text) is { } problem ? new UnusableCredential(variable, problem, secret) : use(new Secret(text));

    // CI systems set a secret that does not exist to an empty text.
    private string? Value(string variable) => environment.Variable(variable)?.Trim() is { Length: > 0 } value ? value : null;
}

/// <summary>Credentials that are invalid. Using the next ones instead would surprise whoever set these.</summary>
/// <param name="source">The variable's name, or another description.</param>
/// <param name="problem">What is wrong, and what is right.</param>
/// <param name="secret">The secret that they are for.</param>
internal sealed class UnusableCredential(string source, string problem, KeyVaultSecret secret) : EntraCredential
{
    public override Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation) =>
        throw StoreFailures.Failed(secret.Shown, $"cannot be used: {source} {problem.TrimEnd('.')}", "", "correct it, or remove it.");
}
