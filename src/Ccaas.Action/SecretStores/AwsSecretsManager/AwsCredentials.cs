namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>What requests are signed with.</summary>
/// <param name="AccessKeyId">Sent with the request.</param>
/// <param name="SecretAccessKey">Signs the request; never sent.</param>
/// <param name="SessionToken">Sent with temporary credentials; null for permanent ones.</param>
internal sealed record AwsCredentials(string AccessKeyId, Secret SecretAccessKey, Secret? SessionToken)
{
    /// <summary>Masks the secrets first.</summary>
    /// <returns>Null when a part is missing, or has characters that no header can hold.</returns>
    public static AwsCredentials? Read(string? id, string? secret, string? token, Masker masker)
    {
        Secret[] secrets = [.. new[] { secret, token }.OfType<string>().Select(text => new Secret(text))];
        foreach (var each in secrets)
        {
            masker.Mask(each);
        }

        return StoreConnection.IsSendable(id) && !string.IsNullOrEmpty(secret)
            && (string.IsNullOrEmpty(token) || StoreConnection.IsSendable(token))
            ? new AwsCredentials(id, secrets[0], string.IsNullOrEmpty(token) ? null : secrets[1])
            : null;
    }
}

/// <summary>Where credentials for AWS come from.</summary>
internal interface IAwsCredentialSource
{
    /// <summary>The secrets that are in the environment, to be masked first.</summary>
    IReadOnlyList<Secret> Secrets { get; }

    /// <returns>Credentials, masked.</returns>
    /// <exception cref="FailureException">There are no credentials.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    Task<AwsCredentials> ObtainAsync(AwsSecret target, CancellationToken cancellation);
}

/// <summary>
/// Looks for credentials in the order and under the names of AWS's own tools:
/// <see href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"/>. Profile files are not read: a
/// job has none.
/// </summary>
internal static class AwsCredentialChain
{
    // What AWS's own action requests, and what its documentation tells people to trust.
    private const string Audience = "sts.amazonaws.com";

    /// <returns>The first source that the environment names; null when the address of STS is invalid, which is in the problems
    /// then.</returns>
    public static IAwsCredentialSource? First(ProcessEnvironment environment, CiIdTokenEndpoint? identity, AwsAddresses addresses,
        string shown)
    {
        if (Given("AWS_ACCESS_KEY_ID") is { } id && Given("AWS_SECRET_ACCESS_KEY") is { } secret)
        {
            return new EnvironmentCredentials(id, new Secret(secret), Given("AWS_SESSION_TOKEN") is { } token ? new Secret(token) : null);
        }

        var file = Given("AWS_WEB_IDENTITY_TOKEN_FILE");
        if (Given("AWS_ROLE_ARN") is { } role && (file is not null || identity is not null))
        {
            // The file first: somebody set it up for this role.
            IIdTokenSource idToken = file is not null
                ? new IdTokenFile("AWS_WEB_IDENTITY_TOKEN_FILE", file, shown)
                : CiIdToken.Of(identity!, Audience, shown);
            return addresses.SecurityTokenService() is { } sts ? new AssumedRole(sts, role, Given("AWS_ROLE_SESSION_NAME"), idToken) : null;
        }

        return (IAwsCredentialSource?)ContainerRole.Of(Given) ?? InstanceRole.Of(Given);

        string? Given(string name) => environment.Variable(name)?.Trim() is { Length: > 0 } text ? text : null;
    }
}

/// <summary>Credentials in the environment, such as another step of the job exports.</summary>
internal sealed class EnvironmentCredentials(string id, Secret secret, Secret? token) : IAwsCredentialSource
{
    public IReadOnlyList<Secret> Secrets => token is null ? [secret] : [secret, token];

    public Task<AwsCredentials> ObtainAsync(AwsSecret target, CancellationToken cancellation) =>
        AwsCredentials.Read(id, secret.Reveal(), token?.Reveal(), target.Connection.Masker) is { } credentials
            ? Task.FromResult(credentials)
            : throw target.Refused("cannot be used with these AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN: one of them holds a space or "
                + "another character that AWS never uses",
                "something was copied along with it.",
                "store it again, without anything else, on one line.");
}

/// <summary>The secret that credentials are obtained for.</summary>
/// <param name="Connection">Sends requests.</param>
/// <param name="Shown">See <see cref="StorePlan.Shown"/>.</param>
internal sealed record AwsSecret(StoreConnection Connection, string Shown)
{
    public FailureException Refused(string message, string cause, string remedy) => StoreFailures.Refused(Shown, message, cause, remedy);

    public FailureException Failed(string message, string cause, string remedy) => StoreFailures.Failed(Shown, message, cause, remedy);

    /// <returns>AWS's error code and message, safe to show: <c> (AccessDenied: no)</c>; empty when there is neither.</returns>
    public string Describe(string? code, string? message)
    {
        var parts = new[] { Connection.UntrustedText.Clean(code, 80), Connection.UntrustedText.Clean(message).TrimEnd('.') }.Where(
            part => part.Length > 0).ToList();
        return parts.Count == 0 ? "" : $" ({string.Join(": ", parts)})";
    }
}
