using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>Behind a company's proxy: a real one, TLS through it.</summary>
public sealed class ProxyTests
{
    [ProxyFact]
    public async Task Token_is_fetched_through_the_proxy()
    {
        await using var proxy = await Tinyproxy.StartAsync();
        await using var world = await OverTlsAsync($"http://127.0.0.1:{proxy.Port}");

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.True(proxy.LetThrough(world.Sandbox.HttpsAddress));
        run.AssertNoSecretShows();
    }

    [ProxyFact]
    public async Task Token_is_fetched_through_a_proxy_that_wants_a_password()
    {
        await using var proxy = await Tinyproxy.StartAsync("builder pa55word");
        await using var world = await OverTlsAsync($"http://builder:pa55word@127.0.0.1:{proxy.Port}");

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.True(proxy.LetThrough(world.Sandbox.HttpsAddress));
        Assert.DoesNotContain("pa55word", run.Output, StringComparison.Ordinal);
    }

    [ProxyFact]
    public async Task Wrong_password_of_the_proxy_is_explained_and_not_tried_again()
    {
        await using var proxy = await Tinyproxy.StartAsync("builder pa55word");
        await using var world = await OverTlsAsync($"http://builder:wr0ng@127.0.0.1:{proxy.Port}");

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 7);
        Assert.DoesNotContain("wr0ng", run.Output, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [ProxyFact]
    public async Task Unreachable_proxy_fails_the_step_and_is_not_passed_by()
    {
        await using var world = await OverTlsAsync($"http://127.0.0.1:{Tinyproxy.FreePort()}");
        world.Inputs["max-attempts"] = "2";

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 7);
        Assert.Empty(world.Sandbox.Requests);
    }

    [ProxyFact]
    public async Task Hosts_in_no_proxy_are_reached_directly()
    {
        await using var proxy = await Tinyproxy.StartAsync();
        await using var world = await OverTlsAsync($"http://127.0.0.1:{proxy.Port}");
        world.Environment["NO_PROXY"] = "127.0.0.1";

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.False(proxy.LetThrough(world.Sandbox.HttpsAddress));
    }

    [ProxyFact]
    public async Task Plain_http_to_loopback_never_passes_a_proxy()
    {
        await using var proxy = await Tinyproxy.StartAsync();
        await using var world = await World.GitHubAsync();
        world.Environment["HTTP_PROXY"] = world.Environment["http_proxy"] = world.Environment["ALL_PROXY"] = $"http://127.0.0.1:{proxy.Port}";

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.False(proxy.HasSeen(world.Sandbox.HttpAddress));
    }

    private static async Task<World> OverTlsAsync(string proxy)
    {
        var world = await World.GitHubAsync();
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpsAddress, "oauth/token").ToString();
        world.Inputs["ca-certificate"] = world.GiveFile("authority.pem", world.Sandbox.CertificateAuthorityPem);
        world.Environment["HTTPS_PROXY"] = proxy;
        return world;
    }
}
