using System.Globalization;
using Ccaas.Sandbox.Control;
using Ccaas.Sandbox.GitHubRunner;

namespace Ccaas.Sandbox.Demo;

/// <summary>What became of the step, as its author would see it on GitHub, and then what the vendor saw of it.</summary>
internal sealed class DemoReport(Paper paper, SandboxClient client)
{
    private const string Bold = "1";
    private const string Red = "31";
    private const string Yellow = "33";

    public void Print(StepResult result, StepFolder folder, IReadOnlyList<SandboxRequest> requests)
    {
        var log = new StepLog();
        // The runner knows the repository's secrets, and hides them before the step says a word.
        log.Masker.Add(client.ClientSecret);
        foreach (var line in result.Lines)
        {
            log.AppendLine(line);
        }

        PrintStep();
        PrintLog(log, result);
        PrintValues("Its outputs, for steps that name them", folder, "output", log.Masker);
        PrintValues("The environment of the steps that follow", folder, "env", log.Masker);
        PrintSummary(folder, log.Masker);
        PrintRequests(requests);
        PrintNext(result.ExitCode);
    }

    private void PrintStep()
    {
        paper.Title("The step in a workflow");
        foreach (var line in """
            - id: token
              uses: org/ccaas-token-action@v1
              with:
                provider: genesys-cloud
                region: eu-west-1
                client-id: ${{ vars.GENESYS_CLIENT_ID }}
                client-secret: ${{ secrets.GENESYS_CLIENT_SECRET }}
                tool-environment: true
                verify: true
                # Only here, to reach the sandbox instead of Genesys Cloud:
                token-url: http://127.0.0.1:…/oauth/token
                api-url: http://127.0.0.1:…
            """.Split('\n'))
        {
            paper.Line(line.TrimEnd());
        }
    }

    private void PrintLog(StepLog log, StepResult result)
    {
        paper.Title("Its log, as GitHub shows it");
        foreach (var line in log.Lines)
        {
            paper.Line(line, line switch
            {
                _ when line.StartsWith("Error: ", StringComparison.Ordinal) => Red,
                _ when line.StartsWith("Warning: ", StringComparison.Ordinal) => Yellow,
                _ when line.StartsWith("▸ ", StringComparison.Ordinal) => Bold,
                _ => "",
            });
        }

        paper.Line(string.Create(CultureInfo.InvariantCulture,
            $"(exit code {result.ExitCode} after {result.Elapsed.TotalMilliseconds:0} ms; values hidden from here on: {log.Masks.Count})"));
    }

    private void PrintValues(string title, StepFolder folder, string commandFile, Masker masker)
    {
        paper.Title(title);
        try
        {
            var values = folder.Read(commandFile);
            if (values.Count == 0)
            {
                paper.Line("(none)");
            }

            paper.Table(values.Select(v => KeyValuePair.Create(v.Key, masker.Mask(v.Value))));
        }
        catch (FormatException e)
        {
            paper.Line($"Error: the runner would fail the step here: {e.Message}", Red);
        }
    }

    private void PrintSummary(StepFolder folder, Masker masker)
    {
        paper.Title("Its summary on the run's page, before it is rendered");
        var summary = folder.ReadSummary().TrimEnd();
        foreach (var line in (summary.Length > 0 ? summary : "(none)").Split('\n'))
        {
            paper.Line(masker.Mask(line.TrimEnd()));
        }
    }

    private void PrintRequests(IReadOnlyList<SandboxRequest> requests)
    {
        paper.Title("What the vendor saw, here the sandbox");
        if (requests.Count == 0)
        {
            paper.Line("(nothing)");
        }

        foreach (var request in requests)
        {
            paper.Line($"{request.Method} {request.Path} → {request.Outcome}", Bold);
            foreach (var name in new[] { "Authorization", "Content-Type", "User-Agent" })
            {
                if (request.Header(name) is { } value)
                {
                    paper.Line($"  {name}: {Redaction.Header(name, value)}");
                }
            }

            if (request.Body.Length > 0)
            {
                paper.Line($"  {Redaction.Body(request.Header("Content-Type"), request.Body)}");
            }
        }
    }

    private void PrintNext(int exitCode)
    {
        paper.Title("Next");
        if (exitCode != 0)
        {
            paper.Line($"The step failed with exit code {exitCode}. Its log above says why, and docs/troubleshooting.md what to do.", Red);
        }

        paper.Line("README.md has the workflow to paste, docs/ a page for each provider.");
        paper.Line("The same sandbox for programs of your own: dotnet run --project src/Ccaas.Sandbox -- serve --help");
    }
}
