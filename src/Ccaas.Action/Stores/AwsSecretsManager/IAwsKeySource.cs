using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>Where keys to AWS come from.</summary>
internal interface IAwsKeySource
{
    /// <summary>What the environment gives away of them, to be masked before anything is asked.</summary>
    IReadOnlyList<Secret> Secrets { get; }

    /// <returns>Keys whose secrets are masked, or the failure.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    Task<Result<AwsKey>> ObtainAsync(AwsQuestions questions, CancellationToken cancellation);
}
