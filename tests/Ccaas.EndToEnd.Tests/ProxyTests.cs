using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>Behind a company's proxy: a real one, TLS through it.</summary>
public sealed class ProxyTests
{
    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy)]
    [InlineData(ProxyKind.Squid)]
    public async Task Token_is_fetched_through_the_proxy(ProxyKind kind)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind);
        await using var world = await OverTlsAsync($"http://127.0.0.1:{proxy.Port}");

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.True(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
        run.AssertNoSecretShows();
    }

    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy)]
    [InlineData(ProxyKind.Squid)]
    public async Task Token_is_fetched_through_a_proxy_that_wants_a_password(ProxyKind kind)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind, "builder pa55word");
        await using var world = await OverTlsAsync($"http://builder:pa55word@127.0.0.1:{proxy.Port}");

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.True(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
        Assert.DoesNotContain("pa55word", run.Output, StringComparison.Ordinal);
    }

    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy)]
    [InlineData(ProxyKind.Squid)]
    public async Task Wrong_password_of_the_proxy_is_explained_and_not_tried_again(ProxyKind kind)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind, "builder pa55word");
        await using var world = await OverTlsAsync($"http://builder:wr0ng@127.0.0.1:{proxy.Port}");

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 7, $"{kind}");
        Assert.DoesNotContain("wr0ng", run.Output, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [ProxyFact]
    public async Task Unreachable_proxy_fails_the_step_and_is_not_passed_by()
    {
        await using var world = await OverTlsAsync($"http://127.0.0.1:{LoopbackProxy.FreePort()}");
        world.Inputs["max-attempts"] = "2";

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 7);
        Assert.Empty(world.Sandbox.Requests);
    }

    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy, "127.0.0.1")]
    [InlineData(ProxyKind.Tinyproxy, "example.com, 127.0.0.0/8")]
    [InlineData(ProxyKind.Squid, "*")]
    public async Task Hosts_in_no_proxy_are_reached_directly(ProxyKind kind, string list)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind);
        await using var world = await OverTlsAsync($"http://127.0.0.1:{proxy.Port}");
        world.Environment["NO_PROXY"] = list;

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.False(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
    }

    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy)]
    [InlineData(ProxyKind.Squid)]
    public async Task Plain_http_to_loopback_never_passes_a_proxy(ProxyKind kind)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind);
        await using var world = await World.GitHubAsync();
        world.Environment["HTTP_PROXY"] = world.Environment["http_proxy"] = world.Environment["ALL_PROXY"] =
            $"http://127.0.0.1:{proxy.Port}";

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.False(await proxy.HasSeenAsync(world.Sandbox.HttpAddress));
    }

    /// <summary>The runtime's own reading takes it for a suffix. curl compares addresses.</summary>
    [ProxyFact]
    public async Task List_is_read_by_curls_rules_alone_on_a_terminal_too()
    {
        await using var proxy = await LoopbackProxy.StartAsync(ProxyKind.Tinyproxy);
        foreach (var start in new[] { World.GitHubAsync, (Func<Func<SandboxOptions, SandboxOptions>?, Task<World>>)World.TerminalAsync })
        {
            await using var world = await OverTlsAsync($"http://127.0.0.1:{proxy.Port}", start);
            world.Environment["no_proxy"] = ".0.0.1";
            world.Environment["NO_PROXY"] = "127.0.0.1";

            var run = await world.RunAsync();

            Assert.Equal(0, run.ExitCode);
            Assert.True(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
        }
    }

    [ProxyFact]
    public async Task Token_is_fetched_through_a_proxy_that_is_reached_over_tls()
    {
        using var authority = new PrivateAuthority("Company Root");
        await using var proxy = await LoopbackProxy.StartAsync(ProxyKind.Squid, "builder pa55word", authority.IssueServer());
        await using var world = await OverTlsAsync($"https://builder:pa55word@127.0.0.1:{proxy.TlsPort}");
        world.Inputs["ca-certificate"] = $"{world.Sandbox.CertificateAuthorityPem}\n{authority.Pem}";

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.True(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
    }

    [ProxyFact]
    public async Task Untrusted_certificate_of_the_proxy_is_not_blamed_on_the_server()
    {
        using var authority = new PrivateAuthority("Company Root");
        await using var proxy = await LoopbackProxy.StartAsync(ProxyKind.Squid, certificate: authority.IssueServer());
        await using var world = await OverTlsAsync($"https://127.0.0.1:{proxy.TlsPort}");

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
        Assert.False(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
    }

    [ProxyFact]
    public async Task Untrusted_certificate_of_the_server_is_not_blamed_on_the_proxy()
    {
        using var authority = new PrivateAuthority("Company Root");
        await using var proxy = await LoopbackProxy.StartAsync(ProxyKind.Squid, certificate: authority.IssueServer());
        await using var world = await OverTlsAsync($"https://127.0.0.1:{proxy.TlsPort}");
        world.Inputs["ca-certificate"] = authority.Pem;

        var run = await world.RunAsync();

        Assert.Equal(7, run.ExitCode);
        Assert.Contains(
            $"The certificate that {world.Sandbox.HttpsAddress.Authority} showed is signed by an authority that is not trusted here",
            run.Output, StringComparison.Ordinal);
        Assert.True(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
    }

    [ProxyFact]
    public async Task Proxy_that_speaks_no_tls_is_named()
    {
        await using var proxy = await LoopbackProxy.StartAsync(ProxyKind.Squid);
        await using var world = await OverTlsAsync($"https://127.0.0.1:{proxy.Port}");

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
        Assert.Empty(world.Sandbox.Requests);
    }

    private static async Task<World> OverTlsAsync(string proxy, Func<Func<SandboxOptions, SandboxOptions>?, Task<World>>? start = null)
    {
        var world = await (start ?? World.GitHubAsync)(null);
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpsAddress, "oauth/token").ToString();
        world.Inputs["ca-certificate"] = world.GiveFile("authority.pem", world.Sandbox.CertificateAuthorityPem);
        world.Environment["HTTPS_PROXY"] = proxy;
        return world;
    }
}
