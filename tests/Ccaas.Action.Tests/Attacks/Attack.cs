using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>A job's world, and a server that an attacker would like to be asked in place of the author's.</summary>
internal sealed class Attack : IAsyncDisposable
{
    private Attack(World world, SandboxServer server) => (World, Server) = (world, server);

    public World World { get; }

    public SandboxServer Server { get; }

    public static async Task<Attack> StartAsync(Func<Func<SandboxOptions, SandboxOptions>?, Task<World>> start) =>
        new(await start(null), await SandboxServer.StartAsync(new SandboxOptions()));

    /// <summary>An authorization server that is found by its issuer: no other address is given.</summary>
    public static void Give(World world) => world.Give(
        ("provider", "oauth2"), ("issuer", world.At("as")), ("client-id", Canary.ClientId), ("client-secret", Canary.ClientSecret.Value),
            ("cache", "off"));

    public void GiveIssuer() => Give(World);

    /// <summary>The runner sets every input that action.yml declares, empty where it is not given.</summary>
    public void GiveAsRunner()
    {
        Give(World);
        foreach (var input in Input.All.Where(input => !input.IsOptionOnly))
        {
            World.Inputs.TryAdd(input.Name, input.Default ?? "");
        }
    }

    public string Asked => string.Concat(World.Sandbox.Requests.Select(request => $"{request.Method} {request.Path} {request.Status}\n"));

    /// <summary>What the CI system itself sets wins, as on the runner and on the agent.</summary>
    public void Plant(string variable, string value) => World.Environment.TryAdd(variable, Value(value));

    public void AssertOnlyTheAuthorsServerIsAsked(Run run)
    {
        run.AssertNoSecretShows();
        Assert.Contains("POST /as/token 200", Asked, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    public string Value(string template) =>
        string.Format(CultureInfo.InvariantCulture, template, Server.HttpAddress, AuthorityFile(), Home(), Folder());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await World.DisposeAsync();
    }

    private string AuthorityFile() => World.GiveFile("authority.pem", Server.CertificateAuthorityPem);

    /// <summary>OpenSSL's form is a name made of a hash; .NET reads every file there.</summary>
    private string Folder()
    {
        var folder = Directory.CreateDirectory(World.Files.Path("authorities")).FullName;
        File.Copy(AuthorityFile(), Path.Combine(folder, "00000000.0.given"), overwrite: true);
        File.Copy(AuthorityFile(), Path.Combine(folder, "authority.pem"), overwrite: true);
        return folder;
    }

    /// <summary>Where .NET keeps the authorities that a user trusts.</summary>
    private string Home()
    {
        var home = World.Files.Path("home");
        var folder = Directory.CreateDirectory(Path.Combine(home, ".dotnet", "corefx", "cryptography", "x509stores", "root")).FullName;
        using var authority = X509Certificate2.CreateFromPem(Server.CertificateAuthorityPem);
        File.WriteAllBytes(Path.Combine(folder, $"{authority.Thumbprint}.pfx"), authority.Export(X509ContentType.Pfx));
        return home;
    }
}
