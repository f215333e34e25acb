using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>Credentials that are there and must not be used as they are. Passing over them would surprise whoever set them.</summary>
/// <param name="source">The variable, or what else it is.</param>
/// <param name="problem">What is wrong, and what would be right.</param>
/// <param name="secret">What the token is wanted for.</param>
internal sealed class UnusableCredential(string source, string problem, KeyVaultSecret secret) : EntraCredential
{
    public override Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation) => Task.FromResult<Result<Secret>>(
        StoreFailures.Failed(secret.Shown, $"cannot be used: {source} {problem.TrimEnd('.')}", "", "set it right, or not at all."));
}
