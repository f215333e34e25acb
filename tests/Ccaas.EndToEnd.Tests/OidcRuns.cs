using System.Net;
using System.Text;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>How the program is run against the authorization server, and what holds for every such run.</summary>
internal static class OidcRuns
{
    /// <summary>A terminal whose inputs name a client and where to discover the rest; how the client authenticates is left open.</summary>
    public static async Task<World> TerminalAsync(string issuer, string clientId) =>
        Introduce(await World.TerminalAsync(), issuer, clientId);

    /// <summary>The same as a step of GitHub Actions.</summary>
    public static async Task<World> GitHubAsync(string issuer, string clientId) => Introduce(await World.GitHubAsync(), issuer, clientId);

    /// <summary>The token of a run that succeeded, after a look whether it is where it belongs and nowhere else.</summary>
    public static string AssertToken(this Run run)
    {
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Output}\n{run.Error}");
        var token = run.IsGitHub ? run.Outputs["access-token"] : run.Output.TrimEnd('\n');
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
        Assert.DoesNotContain(token, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, run.File("GITHUB_STEP_SUMMARY"), StringComparison.Ordinal);
        if (run.IsGitHub)
        {
            Assert.DoesNotContain(token, Unmasked(run), StringComparison.Ordinal);
        }

        return token;
    }

    /// <summary>Fails when a run says anything on standard output, or ends with another code.</summary>
    public static void AssertEnded(this Run run, int exitCode)
    {
        Assert.True(run.ExitCode == exitCode, $"exit code {run.ExitCode} and not {exitCode}\n{run.Output}\n{run.Error}");
        Assert.Empty(run.Output);
    }

    /// <summary>Fails when the secret shows anywhere in any form, that of the client's Basic pair included.</summary>
    public static void AssertHides(this Run run, string secret, string? clientId = null)
    {
        run.AssertNoSecretShows();
        var shown = string.Join(
            '\n', Unmasked(run), run.Error, run.File("GITHUB_STEP_SUMMARY"), run.File("GITHUB_STATE"), run.File("GITHUB_ENV"));
        Assert.Empty(new Canary("secret", secret).FindIn(shown));
        foreach (var encode in new Func<string, string>[] { Uri.EscapeDataString, text => WebUtility.UrlEncode(text), text => text })
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{encode(clientId ?? "")}:{encode(secret)}")).TrimEnd('=');
            Assert.DoesNotContain(pair, shown, StringComparison.Ordinal);
        }
    }

    /// <summary>Fails when any line of a private key shows.</summary>
    public static void AssertHidesKey(this Run run, string pem)
    {
        // The last line can be so short that it is found by chance.
        foreach (var line in pem.Split('\n').Where(line => line.Length > 40 && !line.StartsWith('-')))
        {
            run.AssertHides(line);
        }
    }

    private static World Introduce(World world, string issuer, string clientId)
    {
        world.Inputs.Clear();
        world.Inputs["provider"] = "oauth2";
        world.Inputs["issuer"] = issuer;
        world.Inputs["client-id"] = clientId;
        return world;
    }

    private static string Unmasked(Run run) =>
        string.Join('\n', run.Output.Split('\n')
            .Where(line => !run.IsGitHub || !line.StartsWith("::add-mask::", StringComparison.Ordinal)));
}
