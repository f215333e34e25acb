using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>A token in a file, which is read when it is needed, because whoever keeps it there renews it.</summary>
internal sealed class FederatedTokenFile(string path, KeyVaultSecret secret) : FederatedIdentity
{
    private const int Longest = 65536;

    public override Task<Result<Secret>> TokenAsync(StoreConnection connection, CancellationToken cancellation) => Task.FromResult(Token(connection));

    private Result<Secret> Token(StoreConnection connection)
    {
        try
        {
            return connection.Masked(RegularFile.Read(path, Longest).Trim()) is { } token ? token : Unusable("holds no token");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unusable("cannot be read");
        }
    }

    private Failure Unusable(string what) => StoreFailures.Failed(
        secret.Shown,
        $"cannot be used: the file that AZURE_FEDERATED_TOKEN_FILE names {what}",
        "the file is not mounted where this step runs, such as in its container.",
        "check the path and who may read it, or unset the variable.");
}
