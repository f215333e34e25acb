using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>Processes of one job, all of which ask for a token at once: <c>ccaas-token get</c>.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<ChildProcess> _processes;

    private Crowd(List<ChildProcess> processes) => _processes = processes;

    public static Crowd Start(World world, int count)
    {
        var processes = new List<ChildProcess>(count);
        for (var i = 0; i < count; i++)
        {
            processes.Add(world.Start("get"));
        }

        return new Crowd(processes);
    }

    /// <returns>What each was given. It fails when one of them fails, or says anything but its token on standard output.</returns>
    public async Task<IReadOnlyList<string>> TokensAsync() => await Task.WhenAll(_processes.Select(TokenAsync));

    /// <returns>The one token that all of them were given.</returns>
    public async Task<string> TokenAsync() => Assert.Single((await TokensAsync()).Distinct());

    public static async Task<string> TokenAsync(ChildProcess process)
    {
        var (exitCode, output, error) = await process.WaitAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}");
        output = Run.WithoutMasks(output);
        Assert.EndsWith("\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', output[..^1]);
        return output[..^1];
    }

    public void Dispose() => _processes.ForEach(process => process.Dispose());
}
