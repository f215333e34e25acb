using System.Buffers.Text;
using System.Text.Json;
using Ccaas.Sandbox;
using Ccaas.Sandbox.KeyVault;

namespace Ccaas.Action.Tests.SecretStores.AzureKeyVault;

/// <summary>A sandbox's vault and directory, and the environment of a step that uses them.</summary>
internal sealed class Vault : IAsyncDisposable
{
    public const string ClientId = "5a4db0c5-0000-4000-8000-00000000c11e";
    public const string Machine = "5a4db0c5-0000-4000-8000-0000000aac1e";
    public const string ClientSecret = "s3cr3t+of the~build";
    public const string Name = "ci-token";
    public const string Issuer = "https://ci.example.test";
    public const string Subject = "repo:example/nightly:ref:refs/heads/main";

    public static readonly DateTimeOffset Expiry = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    private readonly ProcessEnvironment _environment;

    private Vault(SandboxServer sandbox, TimeProvider? time)
    {
        Sandbox = sandbox;
        Line = new StoreLine(time);
        Variables = new Dictionary<string, string>
        {
            ["AZURE_AUTHORITY_HOST"] = sandbox.HttpAddress.AbsoluteUri,
            ["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = sandbox.HttpAddress.AbsoluteUri,
        };
        _environment = new ProcessEnvironment(Variables, TextReader.Null, TextWriter.Null, TextWriter.Null);
    }

    public SandboxServer Sandbox { get; }

    public StoreLine Line { get; }

    public Dictionary<string, string> Variables { get; }

    public CiIdTokenEndpoint? Identity { get; set; }

    public static string Tenant { get; } = new SandboxEntra().TenantId;

    public string TokenPath => $"/{Tenant}/oauth2/v2.0/token";

    public string? Value => Sandbox.Secrets.KeyVault.Value(Name);

    /// <summary>Requests in the order in which they came.</summary>
    public IEnumerable<string> Asked => Sandbox.Requests.Select(request => $"{request.Method} {request.Path} {request.Status}");

    public static async Task<Vault> StartAsync(SandboxSecretAccess access = SandboxSecretAccess.All, bool machine = true,
        TimeProvider? time = null) => new(
        await SandboxServer.StartAsync(new SandboxOptions
        {
            Vendors =
            [
                new SandboxEntra
                {
                    Clients =
                    [
                        new SandboxEntraClient(ClientId)
                        {
                            ClientSecret = ClientSecret,
                            AcceptsAssertion = assertion => assertion is { Issuer: Issuer, Subject: Subject },
                            Access = access,
                        },
                        new SandboxEntraClient(Machine) { IsManagedIdentity = machine },
                    ],
                },
            ],
        }),
        time);

    /// <summary>With the application's secret in the environment.</summary>
    public static async Task<Vault> WithSecretAsync(SandboxSecretAccess access = SandboxSecretAccess.All)
    {
        var vault = await StartAsync(access);
        vault.Application();
        vault.Variables["AZURE_CLIENT_SECRET"] = ClientSecret;
        return vault;
    }

    public void Application() => (Variables["AZURE_TENANT_ID"], Variables["AZURE_CLIENT_ID"]) = (Tenant, ClientId);

    public string At(string path) => new Uri(Sandbox.HttpAddress, path).AbsoluteUri;

    public StorePlan Plan()
    {
        var problems = new InputProblems();
        var plan = new KeyVaultKind()
            .Plan(new StoreAddress("azure-keyvault", Sandbox.HttpAddress.Authority, Name), _environment, Identity, problems);
        Assert.Empty(problems.Lines());
        return plan!;
    }

    public ISecretStore Open() => Plan().Open(Line.Connection);

    public async Task WriteAsync(string text = "sealed-text") => await Open().WriteAsync(text, Expiry, CancellationToken.None);

    /// <summary>The failure of a read, which has to be one.</summary>
    public async Task<FailureException> ReadFailureAsync()
    {
        return await Assert.ThrowsAsync<FailureException>(() => Open().ReadAsync(CancellationToken.None));
    }

    /// <summary>The failure of a write, which has to be one.</summary>
    public async Task<FailureException> WriteFailureAsync()
    {
        var failure = await Assert.ThrowsAsync<FailureException>(() => Open().WriteAsync("sealed-text", Expiry, CancellationToken.None));
        Assert.NotNull(failure);
        return failure;
    }

    /// <summary>A token such as a CI system gives its jobs, with a signature that is noise.</summary>
    public static string JobToken(string subject = Subject)
    {
        var end = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        return $"{Part(new { alg = "RS256" })}.{Part(new { iss = Issuer, sub = subject, aud = "api://AzureADTokenExchange", exp = end })}.{Part("a signature that is none")}";
    }

    public async ValueTask DisposeAsync()
    {
        Line.Dispose();
        await Sandbox.DisposeAsync();
    }

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
