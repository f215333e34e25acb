using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>One way to get a token for the vault out of Microsoft Entra, the directory that all vaults trust.</summary>
internal abstract class EntraCredential
{
    /// <summary>What was found in the environment and proves something.</summary>
    public virtual IReadOnlyList<Secret> Secrets => [];

    /// <returns>The access token, masked already, or the failure.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public abstract Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation);
}
