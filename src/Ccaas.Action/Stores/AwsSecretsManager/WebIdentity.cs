using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>A token that says which job this is: from the file where something keeps it, or else from the CI system.</summary>
/// <param name="file">Where it stands; null: the CI system is asked.</param>
/// <param name="identity">How the CI system is asked; null: the file holds it.</param>
internal sealed class WebIdentity(string? file, JobIdentity? identity)
{
    // What AWS's own action asks for, and what its page tells people to trust.
    private const string Audience = "sts.amazonaws.com";

    public IReadOnlyList<Secret> Secrets => identity is null ? [] : [identity.Bearer];

    /// <returns>The token, masked.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<Secret>> ReadAsync(AwsQuestions questions, CancellationToken cancellation) => identity is null
        ? SecretText.Read(file!, questions) is { } kept && AwsKey.IsSendable(kept.Reveal()) ? kept : Unreadable(questions)
        : await JobToken.Of(identity, Audience, questions.Store).AskAsync(questions.Connection, cancellation).ConfigureAwait(false);

    private static Failure Unreadable(AwsQuestions questions) => questions.Failed(
        "cannot be used, because the file that AWS_WEB_IDENTITY_TOKEN_FILE names holds no token, or cannot be read",
        "the file is not there for this step or in this container, or it is empty.",
        "check the path, and that the step may read it; a container sees files of the host only where they are mounted.");
}
