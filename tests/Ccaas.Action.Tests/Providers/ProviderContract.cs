using System.Text;
using Ccaas.Action.Tests.Conventions;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

/// <summary>
/// What every provider must do, as a child process against the sandbox. A provider's test class says which inputs succeed
/// and what the provider can do; docs/adding-a-provider.md leads through it.
/// </summary>
public abstract class ProviderContract
{
    /// <summary>The value of the input <c>provider</c>.</summary>
    protected abstract string Provider { get; }

    /// <summary>A name for this class's snapshots; for a provider with several flows, the flow's.</summary>
    protected virtual string Case => Provider;

    /// <summary>Where the sandbox issues this provider's tokens.</summary>
    protected abstract string TokenPath { get; }

    /// <summary>The inputs that succeed, besides <c>provider</c>; addresses of the sandbox among them.</summary>
    protected abstract IEnumerable<(string Name, string Value)> Inputs(World world);

    /// <summary>A wrong value for one of the credentials.</summary>
    protected virtual (string Name, string Value) WrongCredential => ("client-secret", $"{Canary.ClientSecret.Value}-but-wrong");

    /// <summary>The organization's id as <c>verify</c> tells it; null: the provider cannot tell.</summary>
    protected virtual string? OrganizationId => Canary.OrganizationId;

    /// <summary>Whether a token can be revoked with no more than these inputs.</summary>
    protected virtual bool CanRevoke => true;

    /// <summary>An input of another provider's, which has no effect here.</summary>
    protected virtual (string Name, string Value) ForeignInput => ("flow", "password");

    /// <summary>What the Basic header carries; null: there is none.</summary>
    protected virtual string? BasicPair => EncodedPair;

    /// <summary>Lines of code that a provider may have without a reason.</summary>
    protected virtual int MostLines => 100;

    [Fact]
    public async Task Token_is_published()
    {
        await using var world = await StartAsync();

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0, Case);
        Assert.Equal(Canary.Token.Value, run.Outputs["access-token"]);
        Assert.Equal(Provider, run.Outputs["provider"]);
        Assert.DoesNotContain(run.Outputs.Concat(run.Exports), value =>
            value.Value.Contains(Canary.RefreshToken.Value, StringComparison.Ordinal)
            || value.Value.Contains(Canary.IdTokenSignature.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_inputs_are_named_together_before_anything_is_sent()
    {
        await using var world = await StartAsync();
        world.Give([("provider", Provider), .. Chosen(world)]);

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 2, Case);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Input_that_has_no_effect_is_refused()
    {
        await using var world = await StartAsync();
        world.Inputs[ForeignInput.Name] = ForeignInput.Value;

        var run = await world.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"- {ForeignInput.Name}: has no effect with ", run.Output, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Wrong_credentials_are_explained()
    {
        await using var world = await StartAsync();
        world.Inputs[WrongCredential.Name] = WrongCredential.Value;

        Scenario.Verify(await world.RunAsync(), exitCode: 3, Case);
    }

    [Fact]
    public async Task Rate_limit_and_outage_are_waited_out()
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(429));
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(503));

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, world.Sandbox.Requests.Count(request => request.Path == TokenPath));
        run.AssertNoSecretShows();
    }

    [Fact]
    public async Task Refusal_of_an_unknown_kind_is_explained_and_not_tried_again()
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(400, """{"error":"x\n::error::y","error_description":"what nobody foresaw"}"""));

        var run = await world.RunAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("what nobody foresaw", run.Output, StringComparison.Ordinal);
        Assert.Single(world.Sandbox.Requests, request => request.Path == TokenPath);
        run.AssertNoSecretShows();
    }

    [Fact]
    public async Task Organization_is_published_where_the_provider_can_tell_it()
    {
        await using var world = await StartAsync();
        world.Inputs["verify"] = "true";

        var run = await world.RunAsync();

        Scenario.Verify(run, OrganizationId is null ? 2 : 0, Case);
        if (OrganizationId is { } id)
        {
            Assert.Equal(id, run.Outputs["organization-id"]);
        }
        else
        {
            Assert.Empty(world.Sandbox.Requests);
        }
    }

    [Fact]
    public async Task Other_organization_is_refused()
    {
        await using var world = await StartAsync();
        world.Inputs["allowed-organizations"] = "99999999-0000-4000-8000-000000000000";

        var run = await world.RunAsync();

        Assert.Equal(OrganizationId is null ? 2 : 4, run.ExitCode);
        Assert.Empty(run.File("GITHUB_OUTPUT"));
        Assert.Empty(run.File("GITHUB_ENV"));
    }

    [Fact]
    public async Task Token_is_revoked_at_the_jobs_end_or_that_is_refused_at_its_start()
    {
        await using var world = await StartAsync();
        world.Inputs["revoke"] = "true";

        var run = await world.RunAsync();

        Scenario.Verify(run, CanRevoke ? 0 : 2, $"{Case}.main");
        if (!CanRevoke)
        {
            Assert.DoesNotContain(world.Sandbox.Requests, request => request.Path == TokenPath);
            return;
        }

        Assert.True(world.Sandbox.IsTokenValid(Canary.Token.Value));
        Scenario.Verify(await world.RunPostAsync(), exitCode: 0, $"{Case}.post");
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    /// <summary>As the vendor's own clients do, which matters for a secret with characters that form encoding replaces.</summary>
    [Fact]
    public async Task Id_and_secret_are_sent_as_the_vendor_reads_them_unless_another_way_is_asked_for()
    {
        await using var world = await StartAsync();

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(BasicPair, SentPair(world));
        if (BasicPair == RawPair)
        {
            world.Inputs["client-authentication"] = "basic";

            var encoded = await world.RunNextStepAsync();

            Assert.Equal(3, encoded.ExitCode);
            Assert.Equal(EncodedPair, SentPair(world));
        }
    }

    [Fact]
    public void Provider_is_small_and_has_its_page()
    {
        var provider = ProviderRegistry.Find(Provider)!;
        var folder = $"src/Ccaas.Action/{string.Join('/', provider.GetType().Namespace!.Split('.').Skip(2))}";
        var lines = Repository.Sources(folder).SelectMany(file => Repository.Read(file).Split('\n')).Count(line => line.Trim().Length > 0);

        Assert.InRange(lines, 1, MostLines);
        Assert.True(Repository.Exists($"docs/providers/{Provider}.md"));
        Assert.Contains($"docs/providers/{Provider}.md", Repository.Read("README.md"), StringComparison.Ordinal);
    }

    protected static string RawPair { get; } = $"{Canary.ClientId}:{Canary.ClientSecret.Value}";

    private static string EncodedPair { get; } = $"{Canary.ClientId}:{Uri.EscapeDataString(Canary.ClientSecret.Value)}";

    private string? SentPair(World world) =>
        world.Sandbox.Requests.Single(request => request.Path == TokenPath).Header("Authorization") is { } header
        ? Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..]))
        : null;

    /// <summary>A job with the inputs that succeed.</summary>
    protected async Task<World> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var world = await World.GitHubAsync(change);
        world.Give([("provider", Provider), .. Inputs(world)]);
        return world;
    }

    /// <summary>The inputs that choose between flows; they stay when everything else is missing.</summary>
    private IEnumerable<(string Name, string Value)> Chosen(World world) => Inputs(world).Where(input => input.Name == "flow");
}
