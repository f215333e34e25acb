using System.Net;
using System.Net.Sockets;
using Ccaas.Sandbox;
using Ccaas.Sandbox.KeyVault;
using Ccaas.Sandbox.SecretsManager;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>The same for what the runtime, OpenSSL and the stores' ways of authentication read.</summary>
public sealed class NativeEnvironmentAttacks
{
    [Theory]
    [InlineData("SSL_CERT_FILE", "{1}")]
    [InlineData("SSL_CERT_DIR", "{3}")]
    [InlineData("HOME", "{2}")]
    public async Task Authority_of_an_earlier_step_is_not_trusted(string variable, string value)
    {
        foreach (var place in new[] { World.GitHubAsync, (Func<Func<SandboxOptions, SandboxOptions>?, Task<World>>)World.AzureAsync })
        {
            await using var attack = await Attack.StartAsync(place);
            attack.World.Inputs["token-url"] = new Uri(attack.Server.HttpsAddress, "oauth/token").ToString();
            attack.World.Environment[variable] = attack.Value(value);

            foreach (var arguments in new[] { [], new[] { "get" } })
            {
                var run = await attack.World.RunAsync(arguments);

                Assert.Contains("TLS was refused", $"{run.Output}{run.Error}", StringComparison.Ordinal);
                Assert.Empty(attack.Server.Requests);
            }
        }
    }

    /// <summary>OpenSSL loads the libraries that its configuration names: whoever chooses the file runs code with the secrets.</summary>
    [Fact]
    public async Task Configuration_of_openssl_is_not_an_earlier_steps()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.World.Inputs["token-url"] = new Uri(attack.World.Sandbox.HttpsAddress, "oauth/token").ToString();
        attack.World.Inputs["ca-certificate"] = attack.World.Sandbox.CertificateAuthorityPem;
        // A provider beside which there is no default one: no algorithm is left, and TLS fails.
        attack.World.Environment["OPENSSL_CONF"] = attack.World.GiveFile("openssl.cnf", "openssl_conf = init\n[init]\nproviders = "
            + "all\n[all]\nnull = none\n[none]\nactivate = 1\n");

        var run = await attack.World.RunAsync();

        Assert.True(run.ExitCode == 0, run.Output);
    }

    /// <summary>One switch of the runtime stands for all: it is read from the same copy of the environment.</summary>
    [Fact]
    public async Task Switch_of_the_runtime_is_not_an_earlier_steps()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Start();
        await using var world = await World.GitHubAsync();
        world.Inputs["token-url"] = $"http://{listener.LocalEndpoint}/token";
        world.Inputs["max-attempts"] = "1";
        world.Environment["DOTNET_SYSTEM_NET_DISABLEIPV6"] = "1";
        var accepted = listener.AcceptTcpClientAsync();
        var run = world.RunAsync();

        Assert.Same(accepted, await Task.WhenAny(accepted, run));
        (await accepted).Dispose();
        await run;
    }

    [Fact]
    public async Task Directory_of_a_vault_is_not_an_earlier_steps()
    {
        var entra = new SandboxEntra
        {
            Clients = [
            new SandboxEntraClient("5a4db0c5-0000-4000-8000-00000000c11e") { ClientSecret = "s3cr3t+of the~build" }]
        };
        await using var attack = await Attack.StartAsync(_ => World.GitHubAsync(options => options with { Vendors = [entra] }));
        attack.GiveIssuer();
        attack.World.Inputs["cache"] = $"azure-keyvault://{attack.World.Sandbox.HttpAddress.Authority}/ci-token";
        attack.World.Environment["AZURE_TENANT_ID"] = entra.TenantId;
        attack.World.Environment["AZURE_CLIENT_ID"] = "5a4db0c5-0000-4000-8000-00000000c11e";
        attack.World.Environment["AZURE_CLIENT_SECRET"] = "s3cr3t+of the~build";
        attack.Plant("AZURE_AUTHORITY_HOST", "{0}");

        Assert.Equal(0, (await attack.World.RunAsync()).ExitCode);

        Assert.Contains($"POST /{entra.TenantId}/oauth2/v2.0/token 200", attack.Asked, StringComparison.Ordinal);
        Assert.Empty(attack.Server.Requests);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_SECRETS_MANAGER")]
    public async Task Signed_request_and_session_token_do_not_go_to_an_earlier_steps_host(string variable)
    {
        var key = new SandboxAccessKey("AKIASANDBOXSANDBOX00", "s3cr3t/of+the/key");
        await using var attack = await Attack.StartAsync(
            _ => World.GitHubAsync(options => options with { Vendors = [new SandboxAws { Region = "us-east-1", AccessKeys = [key] }] }));
        attack.GiveIssuer();
        attack.World.Inputs["cache"] = $"aws-secretsmanager://{attack.World.Sandbox.HttpAddress.Authority}/ci-token";
        attack.World.Environment["AWS_ACCESS_KEY_ID"] = key.AccessKeyId;
        attack.World.Environment["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey;
        attack.Plant(variable, "{0}");

        Assert.Equal(0, (await attack.World.RunAsync()).ExitCode);

        Assert.Contains(attack.World.Sandbox.Requests, request => request.Header("X-Amz-Target") == "secretsmanager.GetSecretValue");
        Assert.Empty(attack.Server.Requests);
    }

    [Theory]
    [InlineData("HTTPS_PROXY")]
    [InlineData("https_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task Proxy_counts(string variable)
    {
        await using var world = await World.GitHubAsync();
        Attack.Give(world);
        world.Inputs["issuer"] = "https://login.example.test/";
        world.Inputs["max-attempts"] = "1";
        // Nobody listens there.
        world.Environment[variable] = "http://127.0.0.1:9";

        Assert.Contains("127.0.0.1:9", (await world.RunAsync()).Output, StringComparison.Ordinal);
    }
}
