using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>Keys that stand in the environment, such as another step of the job leaves them there.</summary>
internal sealed class GivenKey(string id, Secret secret, Secret? token) : IAwsKeySource
{
    public IReadOnlyList<Secret> Secrets => token is null ? [secret] : [secret, token];

    public Task<Result<AwsKey>> ObtainAsync(AwsQuestions questions, CancellationToken cancellation) => Task.FromResult(
        AwsKey.Read(id, secret.Reveal(), token?.Reveal(), questions.Connection.Masker) is { } key
            ? (Result<AwsKey>)key
            : questions.Refused("cannot be asked for with AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN: one of them holds a blank or another character that AWS never uses",
                "something was copied along with it.",
                "store it again, alone and on one line."));
}
