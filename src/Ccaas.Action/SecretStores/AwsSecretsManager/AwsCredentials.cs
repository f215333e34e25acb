namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>What requests are signed with.</summary>
/// <param name="AccessKeyId">Its name, which is sent.</param>
/// <param name="SecretAccessKey">Signs and is never sent.</param>
/// <param name="SessionToken">Goes along with a key that lasts for hours; null: the key has no end.</param>
internal sealed record AwsCredentials(string AccessKeyId, Secret SecretAccessKey, Secret? SessionToken)
{
    /// <summary>Masks what is secret before anything is done with it.</summary>
    /// <returns>Null when something is missing, or cannot stand in a header.</returns>
    public static AwsCredentials? Read(string? id, string? secret, string? token, Masker masker)
    {
        Secret[] secrets = [.. new[] { secret, token }.OfType<string>().Select(text => new Secret(text))];
        foreach (var each in secrets)
        {
            masker.Mask(each);
        }

        return IsSendable(id) && !string.IsNullOrEmpty(secret) && (string.IsNullOrEmpty(token) || IsSendable(token))
            ? new AwsCredentials(id!, secrets[0], string.IsNullOrEmpty(token) ? null : secrets[1])
            : null;
    }

    /// <summary>Whether it is visible ASCII, as everything is that AWS and CI systems issue; anything else would break a header.</summary>
    public static bool IsSendable(string? text) => !string.IsNullOrEmpty(text) && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}

/// <summary>Where keys to AWS come from.</summary>
internal interface IAwsCredentialSource
{
    /// <summary>What the environment gives away of them, to be masked before anything is asked.</summary>
    IReadOnlyList<Secret> Secrets { get; }

    /// <returns>Keys whose secrets are masked.</returns>
    /// <exception cref="FailureException">There are none.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    Task<AwsCredentials> ObtainAsync(AwsQuestions questions, CancellationToken cancellation);
}

/// <summary>
/// Where keys may come from, in the order and by the names of AWS's own tools:
/// <see href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"/>. Profiles in files are left out: a
/// job has none.
/// </summary>
internal static class AwsCredentialChain
{
    /// <returns>The first that is there, which the environment alone tells; null when the address of STS is wrong, which the problems tell.</returns>
    public static IAwsCredentialSource? First(ProcessEnvironment environment, CiIdTokenEndpoint? identity, AwsAddresses addresses)
    {
        if (Given("AWS_ACCESS_KEY_ID") is { } id && Given("AWS_SECRET_ACCESS_KEY") is { } secret)
        {
            return new EnvironmentCredentials(id, new Secret(secret), Given("AWS_SESSION_TOKEN") is { } token ? new Secret(token) : null);
        }

        var file = Given("AWS_WEB_IDENTITY_TOKEN_FILE");
        if (Given("AWS_ROLE_ARN") is { } role && (file is not null || identity is not null))
        {
            // Of two ways to prove who this is, the one that somebody set up for this role goes first.
            var idToken = new WebIdentityToken(file, file is null ? identity : null);
            return addresses.SecurityTokenService() is { } sts ? new AssumedRole(sts, role, Given("AWS_ROLE_SESSION_NAME"), idToken) : null;
        }

        return (IAwsCredentialSource?)ContainerRole.Of(Given) ?? InstanceRole.Of(Given);

        string? Given(string name) => environment.Variable(name)?.Trim() is { Length: > 0 } text ? text : null;
    }
}

/// <summary>Keys that stand in the environment, such as another step of the job leaves them there.</summary>
internal sealed class EnvironmentCredentials(string id, Secret secret, Secret? token) : IAwsCredentialSource
{
    public IReadOnlyList<Secret> Secrets => token is null ? [secret] : [secret, token];

    public Task<AwsCredentials> ObtainAsync(AwsQuestions questions, CancellationToken cancellation) =>
        AwsCredentials.Read(id, secret.Reveal(), token?.Reveal(), questions.Connection.Masker) is { } key
            ? Task.FromResult(key)
            : throw questions.Refused("cannot be asked for with AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN: one of them holds a blank or another character that AWS never uses",
                "something was copied along with it.",
                "store it again, alone and on one line.");
}

/// <summary>Asks for what leads to keys, and words what goes wrong with it.</summary>
/// <param name="connection">What the store is reached with.</param>
/// <param name="store">Which one, for people; see <see cref="StorePlan.Shown"/>.</param>
internal sealed class AwsQuestions(StoreConnection connection, string store)
{
    public StoreConnection Connection => connection;

    public string Store => store;

    /// <param name="request">What to send.</param>
    /// <param name="purpose">What it is, as the log names it.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <param name="attempts">Tries at most.</param>
    public Task<HttpReply> AskAsync(HttpRequestMessage request, string purpose, CancellationToken cancellation, int attempts = StoreConnection.MaxAttempts) =>
        connection.Http.SendAsync(request, new AttemptInfo(purpose) { MaxAttempts = attempts }, cancellation);

    /// <summary>Masked before it is anything else.</summary>
    public Secret Masked(string text)
    {
        var secret = new Secret(text);
        connection.Masker.Mask(secret);
        return secret;
    }

    public FailureException Refused(string message, string cause, string remedy) => StoreFailures.Refused(store, message, cause, remedy);

    public FailureException Failed(string message, string cause, string remedy) => StoreFailures.Failed(store, message, cause, remedy);

    /// <returns>A vendor's code and message, fit to stand in a sentence: <c> (AccessDenied: no)</c>; empty when there is neither.</returns>
    public string Said(string? code, string? message)
    {
        var parts = new[] { connection.UntrustedText.Clean(code, 80), connection.UntrustedText.Clean(message).TrimEnd('.') }.Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? "" : $" ({string.Join(": ", parts)})";
    }
}
