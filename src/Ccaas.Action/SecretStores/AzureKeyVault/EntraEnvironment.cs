namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>
/// Finds credentials where Azure's own libraries look for them, under the names that they use, in the order of
/// <see href="https://learn.microsoft.com/dotnet/azure/sdk/authentication/credential-chains">their default chain</see>; the CI
/// system's own identities, which that chain does not know, stand before the machine's.
/// </summary>
internal sealed class EntraEnvironment(ProcessEnvironment environment, KeyVaultSecret secret)
{
    private const string TenantId = "AZURE_TENANT_ID";
    private const string ClientId = "AZURE_CLIENT_ID";

    /// <param name="identity">What the CI system offers; null: nothing.</param>
    /// <returns>The first that is there, with nothing asked yet; the last is there always, since only asking would tell.</returns>
    public EntraCredential Credential(CiIdTokenEndpoint? identity) =>
        ClientSecret() ?? FederatedTokenFile() ?? OfJob(identity) ?? ServiceConnection() ?? AppService() ?? Machine();

    private EntraCredential? ClientSecret() => Application(TenantId, ClientId, application =>
        Value("AZURE_CLIENT_SECRET") is { } given ? WithSecret("AZURE_CLIENT_SECRET", given, clientSecret => new EntraClientSecret(application, clientSecret)) : null);

    // Set by the webhook of AKS, for example: https://azure.github.io/azure-workload-identity/docs/
    private EntraCredential? FederatedTokenFile() => Application(TenantId, ClientId, application =>
        Value("AZURE_FEDERATED_TOKEN_FILE") is { } path ? new EntraFederation(application, new FederatedTokenFile(path, secret)) : null);

    private EntraCredential? OfJob(CiIdTokenEndpoint? identity) => identity is null ? null : Application(TenantId, ClientId, application =>
        Address("The address of the job's identity", identity.Address.AbsoluteUri, _ =>
            new EntraFederation(application, FederatedCiIdToken.OfJob(identity, secret))));

    // Set by the tasks AzureCLI and AzurePowerShell; the last by nobody, it is mapped: SYSTEM_ACCESSTOKEN: $(System.AccessToken)
    private EntraCredential? ServiceConnection() => Application("AZURESUBSCRIPTION_TENANT_ID", "AZURESUBSCRIPTION_CLIENT_ID", application =>
        (Value("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"), Value("SYSTEM_OIDCREQUESTURI"), Value("SYSTEM_ACCESSTOKEN")) is ({ } connection, { } uri, { } given)
            ? WithSecret("SYSTEM_ACCESSTOKEN", given, bearer => Address("SYSTEM_OIDCREQUESTURI", uri, address =>
                new EntraFederation(application, FederatedCiIdToken.OfServiceConnection(address, connection, bearer, secret))))
            : null);

    private EntraCredential? AppService() => (Value("IDENTITY_ENDPOINT"), Value("IDENTITY_HEADER")) is ({ } endpoint, { } given)
        ? WithSecret("IDENTITY_HEADER", given, header => Address("IDENTITY_ENDPOINT", endpoint, address => new AppServiceIdentity(address, header, Value(ClientId), secret)))
        : null;

    private EntraCredential Machine()
    {
        const string Variable = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
        var host = Value(Variable) ?? MachineIdentity.Host;
        return MachineIdentity.Check(host, out var address) is { } problem ? new UnusableCredential(Variable, problem, secret) : new MachineIdentity(address!, Value(ClientId), secret);
    }

    private EntraCredential? Application(string tenant, string client, Func<EntraApplication, EntraCredential?> use)
    {
        const string Variable = "AZURE_AUTHORITY_HOST";
        return (Value(tenant), Value(client)) is ({ } tenantId, { } clientId)
            ? Address(Variable, Value(Variable) ?? secret.Cloud.Authority, authority => use(new EntraApplication(authority, tenantId, clientId, secret)))
            : null;
    }

    private EntraCredential? Address(string source, string text, Func<Uri, EntraCredential?> use) =>
        EndpointRule.Check(text, out var address) is { } problem ? new UnusableCredential(source, problem, secret) : use(address!);

    private EntraCredential? WithSecret(string variable, string text, Func<Secret, EntraCredential?> use) =>
        SecretRule.Check(text) is { } problem ? new UnusableCredential(variable, problem, secret) : use(new Secret(text));

    // CI systems pass on an empty text for a secret that is not there.
    private string? Value(string variable) => environment.Variable(variable)?.Trim() is { Length: > 0 } value ? value : null;
}

/// <summary>Credentials that are there and must not be used as they are. Passing over them would surprise whoever set them.</summary>
/// <param name="source">The variable, or what else it is.</param>
/// <param name="problem">What is wrong, and what would be right.</param>
/// <param name="secret">What the token is wanted for.</param>
internal sealed class UnusableCredential(string source, string problem, KeyVaultSecret secret) : EntraCredential
{
    public override Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation) =>
        throw StoreFailures.Failed(secret.Shown, $"cannot be used: {source} {problem.TrimEnd('.')}", "", "set it right, or not at all.");
}
