namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>One way to get a token for the vault out of Microsoft Entra, the directory that all vaults trust.</summary>
internal abstract class EntraCredential
{
    /// <summary>What was found in the environment and proves something.</summary>
    public virtual IReadOnlyList<Secret> Secrets => [];

    /// <returns>The access token, masked already.</returns>
    /// <exception cref="FailureException">There is none.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public abstract Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation);
}

/// <summary>
/// An application of a directory, which gets a token by the client credentials grant:
/// <see href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Microsoft Entra</see>.
/// </summary>
internal sealed class EntraApplication(Uri authority, string tenantId, string clientId, KeyVaultSecret secret)
{
    private readonly Uri _endpoint = new($"{authority.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(tenantId)}/oauth2/v2.0/token");

    /// <param name="clientFields">The fields that prove the application.</param>
    /// <param name="assertion">The token of somebody else's issuer that is among them; null: none.</param>
    /// <param name="connection">How to ask.</param>
    /// <param name="cancellation">Cancelled when the job is.</param>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Secret> TokenAsync(IEnumerable<GrantField> clientFields, Secret? assertion, StoreConnection connection, CancellationToken cancellation)
    {
        var grant = TokenGrant.ClientCredentials.With(
            [GrantField.Of("client_id", clientId), GrantField.Of("scope", $"{secret.Cloud.Resource}/.default"), .. clientFields]);
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = RequestBody.Of(grant, []) };
        var report = new AttemptInfo("Token for the store") { MaxAttempts = StoreConnection.MaxAttempts };
        var reply = await connection.Http.SendAsync(request, report, cancellation);
        return reply.IsSuccess
            ? EntraToken.Read(reply, _endpoint.Host, secret, connection)
            : throw new EntraRefusals(secret, connection.UntrustedText).Explain(reply, _endpoint.Host, assertion);
    }
}

/// <summary>An application that authenticates by its password.</summary>
internal sealed class EntraClientSecret(EntraApplication application, Secret clientSecret) : EntraCredential
{
    public override IReadOnlyList<Secret> Secrets => [clientSecret];

    public override Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation) =>
        application.TokenAsync([GrantField.Of("client_secret", clientSecret)], null, connection, cancellation);
}

/// <summary>
/// An application that trusts somebody else's issuer, and is proved by a token of that one:
/// <see href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation">workload identity federation</see>.
/// </summary>
internal sealed class EntraFederation(EntraApplication application, FederatedIdentity identity) : EntraCredential
{
    public override IReadOnlyList<Secret> Secrets => identity.Secrets;

    public override async Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        var assertion = await identity.TokenAsync(connection, cancellation);
        GrantField[] clientFields = [GrantField.Of("client_assertion_type", ClientAssertion.Type), GrantField.Of("client_assertion", assertion)];
        return await application.TokenAsync(clientFields, assertion, connection, cancellation);
    }
}

/// <summary>Where a token comes from that says who this job is, and that Entra accepts in place of a password.</summary>
internal abstract class FederatedIdentity
{
    /// <summary>The audience that every federated credential is set up with unless somebody changes it.</summary>
    public const string Audience = "api://AzureADTokenExchange";

    /// <summary>What it takes to ask for it.</summary>
    public virtual IReadOnlyList<Secret> Secrets => [];

    /// <returns>The token, masked already.</returns>
    /// <exception cref="FailureException">There is none.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public abstract Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation);
}

/// <summary>A token in a file, which is read when it is needed, because whoever keeps it there renews it.</summary>
internal sealed class FederatedTokenFile(string path, KeyVaultSecret secret) : FederatedIdentity
{
    private const int Longest = 65536;

    public override Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation) => Task.FromResult(Token(connection));

    private Secret Token(StoreConnection connection)
    {
        try
        {
            return connection.Masked(RegularFile.Read(path, Longest).Trim()) ?? throw Unusable("holds no token");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unusable("cannot be read");
        }
    }

    private FailureException Unusable(string what) => StoreFailures.Failed(
        secret.Shown,
        $"cannot be used: the file that AZURE_FEDERATED_TOKEN_FILE names {what}",
        "the file is not mounted where this step runs, such as in its container.",
        "check the path and who may read it, or unset the variable.");
}

/// <summary>A token that the CI system makes for this job when it is asked.</summary>
internal sealed class FederatedCiIdToken(CiIdToken token) : FederatedIdentity
{
    public override IReadOnlyList<Secret> Secrets => token.Secrets;

    public static FederatedCiIdToken OfJob(CiIdTokenEndpoint identity, KeyVaultSecret secret) => new(CiIdToken.Of(identity, Audience, secret.Shown));

    /// <summary>
    /// A service connection of Azure Pipelines, whose token it makes for the audience of its own accord:
    /// <see href="https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create">the REST API</see>.
    /// </summary>
    public static FederatedCiIdToken OfServiceConnection(Uri address, string connection, Secret bearer, KeyVaultSecret secret) => new(new CiIdToken(
        HttpMethod.Post, CiIdToken.With(address, $"api-version=7.1&serviceConnectionId={Uri.EscapeDataString(connection)}"), bearer, "oidcToken",
        "check that the service connection uses workload identity federation, and that this pipeline is authorized to use it.", secret.Shown));

    public override Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation) => token.AskAsync(connection, cancellation);
}

/// <summary>Reads the token of a success answer, which is OAuth's wherever in Azure it comes from, and masks it before another word.</summary>
internal static class EntraToken
{
    public static Secret Read(HttpReply reply, string host, KeyVaultSecret secret, StoreConnection connection)
    {
        try
        {
            return new TokenResponseReader(connection.Masker, connection.UntrustedText).Read(reply, host, null).Token.Value;
        }
        catch (FailureException invalid)
        {
            throw StoreFailures.Failed(
                secret.Shown,
                $"cannot be used: {invalid.Message.TrimEnd('.')}",
                "the address is not a token endpoint, or a proxy or a sign-in page responded in its place.",
                "check the AZURE_… and IDENTITY_… variables that hold addresses, and whether this runner must pass a proxy.");
        }
    }
}
