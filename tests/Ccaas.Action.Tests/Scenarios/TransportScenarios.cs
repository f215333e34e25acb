using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>What breaks below HTTP.</summary>
public sealed class TransportScenarios
{
    [Fact]
    public async Task Certificate_of_an_unknown_authority_is_refused_before_credentials_are_sent()
    {
        await using var world = await OverTlsAsync();
        world.Inputs["ca-certificate"] = null;

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
    }

    [Fact]
    public async Task Certificate_for_another_name_is_refused()
    {
        await using var world = await OverTlsAsync(options => options with { WrongHostCertificate = true });

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
    }

    [Fact]
    public async Task Certificate_that_has_expired_is_refused()
    {
        await using var world = await OverTlsAsync(options => options with { ExpiredCertificate = true });

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
    }

    [Fact]
    public async Task Server_that_speaks_no_tls_is_told_so()
    {
        await using var world = await OverTlsAsync();
        world.Inputs["token-url"] = $"https://127.0.0.1:{world.Sandbox.HttpAddress.Port}/oauth/token";
        world.Inputs["max-attempts"] = "2";

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
    }

    [Fact]
    public async Task Refused_connection_is_retried()
    {
        await using var world = await World.GitHubAsync();
        // Port 1 is reserved for a service that no machine runs any more.
        world.Inputs["token-url"] = "http://127.0.0.1:1/oauth/token";
        world.Inputs["max-attempts"] = "2";

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
    }

    [Fact]
    public async Task Name_that_does_not_exist_is_told_so()
    {
        await using var world = await World.GitHubAsync();
        // RFC 6761 §6.4: never resolves.
        world.Inputs["token-url"] = "https://login.invalid/oauth/token";
        world.Inputs["max-attempts"] = "2";

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
    }

    [Fact]
    public async Task Silence_ends_with_the_timeout()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["timeout"] = "2s";
        world.Inputs["max-attempts"] = "1";
        world.Sandbox.Faults.Enqueue(Fault.Hang);

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
    }

    private static async Task<World> OverTlsAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var world = await World.GitHubAsync(change);
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpsAddress, "oauth/token").ToString();
        // So that only what the scenario is about is wrong.
        world.Inputs["ca-certificate"] = world.GiveFile("authority.pem", world.Sandbox.CertificateAuthorityPem);
        return world;
    }
}
