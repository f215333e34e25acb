using System.Diagnostics;
using System.Globalization;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A job whose processes share a temporary folder, and a server whose every token is another.</summary>
internal sealed class SharedJob : IAsyncDisposable
{
    public const string Login = "/oauth/token";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private int _issued;

    private SharedJob()
    {
    }

    public World World { get; private set; } = null!;

    public string Temp => World.Environment["RUNNER_TEMP"];

    public IEnumerable<SandboxRequest> TokenRequests => World.Sandbox.Requests.Where(request => request.Path == Login);

    /// <summary>The files of the cache, by what their names end with.</summary>
    public IReadOnlyList<string> Files(string ending) => Directory.GetFiles(Temp, $"ccaas-token-*{ending}");

    /// <param name="gate">No token is issued before it is open.</param>
    /// <param name="change">Of the server.</param>
    public static async Task<SharedJob> StartAsync(ManualResetEventSlim? gate = null, Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var job = new SharedJob();
        job.World = await World.GitHubAsync(options => (change?.Invoke(options) ?? options) with
        {
            NewToken = () =>
            {
                Assert.True(gate?.Wait(Longest) ?? true);
                return $"{Canary.Token.Value}{Interlocked.Increment(ref job._issued).ToString(CultureInfo.InvariantCulture)}";
            },
        });
        return job;
    }

    /// <summary>What a token is good for, by the word of whoever issued it: the id of its organization.</summary>
    public async Task<string> OrganizationOfAsync(string token)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, World.At("api/v2/organizations/me"));
        request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request, CancellationToken.None);
        using var answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("id").GetString()!;
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(watch.Elapsed < Longest, "What was waited for did not come.");
            await Task.Delay(1);
        }
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
