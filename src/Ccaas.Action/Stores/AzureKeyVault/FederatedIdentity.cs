using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>Where a token comes from that says who this job is, and that Entra accepts in place of a password.</summary>
internal abstract class FederatedIdentity
{
    /// <summary>The audience that every federated credential is set up with unless somebody changes it.</summary>
    public const string Audience = "api://AzureADTokenExchange";

    /// <summary>What it takes to ask for it.</summary>
    public virtual IReadOnlyList<Secret> Secrets => [];

    /// <returns>The token, masked already, or the failure.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public abstract Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation);
}
