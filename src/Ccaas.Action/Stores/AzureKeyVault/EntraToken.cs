using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.OAuth;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>Reads the token of a success answer, which is OAuth's wherever in Azure it comes from, and masks it before another word.</summary>
internal static class EntraToken
{
    public static Result<Secret> Read(HttpReply reply, string host, KeyVaultSecret secret, StoreConnection connection)
    {
        if (!new TokenReading(connection.Masker, connection.ForeignText).Read(reply, host, null).Succeeded(out var issued, out var nonsense))
        {
            return StoreFailures.Failed(
                secret.Shown,
                $"cannot be used: {nonsense.Happened.TrimEnd('.')}",
                "the address is not a token endpoint, or a proxy or a sign-in page answered in its place.",
                "check the AZURE_… and IDENTITY_… variables that hold addresses, and whether this runner must pass a proxy.");
        }

        return issued.Token.Value;
    }
}
