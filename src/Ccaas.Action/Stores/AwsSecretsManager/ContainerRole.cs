using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>
/// The role of a container, in Amazon ECS and EKS:
/// <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>.
/// </summary>
/// <param name="address">Where its keys are told; null: the environment names an address where nothing may be asked.</param>
/// <param name="token">Proves that the question comes out of the container; null: it stands in a file, or is not wanted.</param>
/// <param name="tokenFile">Where it stands; null: in no file.</param>
internal sealed class ContainerRole(Uri? address, Secret? token, string? tokenFile) : IAwsKeySource
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

    public async Task<Result<AwsKey>> ObtainAsync(AwsQuestions questions, CancellationToken cancellation)
    {
        if (address is null)
        {
            return questions.Failed("cannot be used, because AWS_CONTAINER_CREDENTIALS_FULL_URI is not an address where keys may be asked for",
                "it is plain http to another host than this machine and those that AWS uses for this.",
                "give an https address, or leave it out.");
        }

        var shown = token ?? (tokenFile is null ? null : SecretText.Read(tokenFile, questions));
        if (shown is null ? tokenFile is not null : shown.Reveal().AsSpan().ContainsAny('\r', '\n'))
        {
            return questions.Failed("cannot be used, because the container's authorization token cannot be read",
                "the file that AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names is not there or empty, or the token has more than one line.",
                "check the path, and that the step may read it.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (shown is not null)
        {
            // As it is: the value says itself which scheme it is of, if any.
            request.Headers.TryAddWithoutValidation("Authorization", shown.Reveal());
        }

        return (await questions.AskAsync(request, "Keys of the container", cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken)
            ? RoleKey.Read(reply, questions)
            : broken;
    }
}
