namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>A way to obtain a token for the vault from Microsoft Entra.</summary>
internal abstract class EntraCredential
{
    /// <summary>The secrets that are in the environment, to be masked first.</summary>
    public virtual IReadOnlyList<Secret> Secrets => [];

    /// <returns>The access token, masked.</returns>
    /// <exception cref="FailureException">There is no token.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public abstract Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation);
}

/// <summary>
/// An application, which obtains a token by the client credentials grant:
/// <see href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Microsoft Entra</see>.
/// </summary>
internal sealed class EntraApplication(Uri authority, string tenantId, string clientId, KeyVaultSecret secret)
{
    private readonly Uri _endpoint = new($"{authority.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(tenantId)}/oauth2/v2.0/token");

    /// <param name="credentials">The form's fields that authenticate the application.</param>
    /// <param name="assertion">The OIDC token among them, for messages; null: none.</param>
    /// <param name="connection">Sends the request.</param>
    /// <param name="cancellation">Canceled with the job.</param>
    public async Task<Secret> TokenAsync(IEnumerable<GrantField> credentials, Secret? assertion, StoreConnection connection,
        CancellationToken cancellation)
    {
        var grant = TokenGrant.ClientCredentials.With(
            [GrantField.Of("client_id", clientId), GrantField.Of("scope", $"{secret.Cloud.Resource}/.default"), .. credentials]);
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = RequestBody.Of(grant, []) };
        var response = await connection.SendAsync(request, "Token for the store", cancellation);
        return response.IsSuccess
            ? EntraToken.Read(response, _endpoint.Host, secret, connection)
            : throw new EntraErrors(secret, connection.UntrustedText).Explain(response, _endpoint.Host, assertion);
    }
}

/// <summary>An application with a client secret.</summary>
internal sealed class EntraClientSecret(EntraApplication application, Secret clientSecret) : EntraCredential
{
    public override IReadOnlyList<Secret> Secrets => [clientSecret];

    public override Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation) =>
        application.TokenAsync([GrantField.Of("client_secret", clientSecret)], null, connection, cancellation);
}

/// <summary>
/// An application with a federated credential, which authenticates by an OIDC token of another issuer:
/// <see href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation">workload identity federation</see>.
/// </summary>
internal sealed class EntraFederation(EntraApplication application, IIdTokenSource idToken) : EntraCredential
{
    /// <summary>The audience of federated credentials, unless somebody changes it.</summary>
    public const string Audience = "api://AzureADTokenExchange";

    public override IReadOnlyList<Secret> Secrets => idToken.Secrets;

    public override async Task<Secret> TokenAsync(StoreConnection connection, CancellationToken cancellation)
    {
        var assertion = await idToken.GetAsync(connection, cancellation);
        GrantField[] credentials = [
            GrantField.Of("client_assertion_type", ClientAssertion.Type), GrantField.Of("client_assertion", assertion)];
        return await application.TokenAsync(credentials, assertion, connection, cancellation);
    }
}

/// <summary>Reads and masks the token of a successful response. The format is OAuth's everywhere in Azure.</summary>
internal static class EntraToken
{
    public static Secret Read(HttpReply response, string host, KeyVaultSecret secret, StoreConnection connection)
    {
        try
        {
            return new TokenResponseReader(connection.Masker, connection.UntrustedText).Read(response, host, null).Token.Value;
        }
        catch (FailureException invalid)
        {
            throw StoreFailures.Failed(
                secret.Shown,
                $"cannot be used: {invalid.Message.TrimEnd('.')}",
                "the address is not a token endpoint, or a proxy or a sign-in page responded instead.",
                "check the AZURE_… and IDENTITY_… variables that hold addresses, and whether this runner must pass a proxy.");
        }
    }
}
