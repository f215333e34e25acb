using Azure.Security.KeyVault.Secrets;
using Ccaas.Sandbox;
using Ccaas.Sandbox.KeyVault;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Stores;

/// <summary>Azure Key Vault, with an application's secret for the directory.</summary>
internal sealed class SharedKeyVault : SharedStore
{
    private const string Secrets = "/secrets/";
    private const string ClientId = "5a4db0c5-0000-4000-8000-00000000c11e";
    private const string ClientSecret = "s3cr3t+of the~build";

    private static readonly SandboxEntra Entra = new() { Clients = [new SandboxEntraClient(ClientId) { ClientSecret = ClientSecret }] };

    public override string Scheme => "azure-keyvault";

    public override bool KnowsExpiry => true;

    public override SandboxOptions Know(SandboxOptions options) => options with { Vendors = [Entra] };

    public override void Use(World world)
    {
        world.Inputs["cache"] = $"{Scheme}://{world.Sandbox.HttpAddress.Authority}/{Name}";
        world.Environment["AZURE_TENANT_ID"] = Entra.TenantId;
        world.Environment["AZURE_CLIENT_ID"] = ClientId;
        world.Environment["AZURE_CLIENT_SECRET"] = ClientSecret;
    }

    public override SandboxSecret? Entry(SandboxServer sandbox) => sandbox.Secrets.KeyVault.Find(Name);

    public override string? Call(SandboxRequest request) => (request.Method, request.Path) switch
    {
        ("GET", $"{Secrets}{Name}") => "read",
        ("PUT", $"{Secrets}{Name}") => "write",
        ("POST", var path) when path == $"/{Entra.TenantId}/oauth2/v2.0/token" => "login",
        _ => null,
    };

    public override void Spoil(SandboxServer sandbox, string how)
    {
        for (var i = 0; i < Tries(how); i++)
        {
            sandbox.Faults.Enqueue(Secrets, how switch
            {
                "down" => Fault.Reset,
                "failing" => Fault.KeyVaultError(503, "ServiceUnavailable", "Try again later."),
                "forbidden" =>
                    Fault.KeyVaultError(403, "Forbidden", "Caller is not authorized to perform action on resource.", "ForbiddenByRbac"),
                _ => Fault.KeyVaultError(429, "Throttled", "Request was not processed."),
            });
        }
    }

    public override async Task<string> CopyAsync(SandboxServer sandbox)
    {
        var read = (await Client(sandbox).GetSecretAsync(Name)).Value;
        await Client(sandbox)
            .SetSecretAsync(new KeyVaultSecret(Name, read.Value) { Properties = { ExpiresOn = read.Properties.ExpiresOn } });
        return read.Value;
    }

    public override async Task PutAsync(SandboxServer sandbox, string text) => await Client(sandbox).SetSecretAsync(Name, text);

    public override async Task DeleteAsync(SandboxServer sandbox) => await Client(sandbox).StartDeleteSecretAsync(Name);

    private static SecretClient Client(SandboxServer sandbox) =>
        KeyVaultClient.Of(sandbox, KeyVaultClient.Secret(sandbox, Entra.TenantId, ClientId, ClientSecret));
}
