using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>The table that the program's reading of NO_PROXY is held against, held against the real curl.</summary>
public sealed class NoProxyTests
{
    [CurlFact]
    public async Task Curl_decides_as_the_table_says()
    {
        var cases = NoProxyCase.Table.Where(
            entry => CurlFactAttribute.Curl >= entry.Since && (entry.Before is null || CurlFactAttribute.Curl < entry.Before)).ToList();
        using var proxy = Listener();
        using var server = Listener();

        var wrong = new List<string>();
        foreach (var entry in cases)
        {
            var isDirect = await IsDirectAsync(entry, proxy, server);
            if (isDirect != entry.IsDirect)
            {
                wrong.Add($"NO_PROXY='{entry.List}' {entry.Host}: {(isDirect ? "direct" : "through the proxy")}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(cases.Count >= 60, $"Only {cases.Count} cases were compared.");
    }

    // Neither of the two answers: which one curl connects to is all there is to know.
    private static async Task<bool> IsDirectAsync(NoProxyCase entry, TcpListener proxy, TcpListener server)
    {
        var start = new ProcessStartInfo(
            "curl", ["-q", "-s", "--max-time", "30", "--connect-to", $"::{server.LocalEndpoint}", $"https://{entry.Host}/"]);
        using var curl = ChildProcess.Start(start, new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HTTPS_PROXY"] = $"http://{proxy.LocalEndpoint}",
            ["NO_PROXY"] = entry.List,
        });
        using var end = new CancellationTokenSource();
        var (ofProxy, ofServer) = (proxy.AcceptSocketAsync(end.Token).AsTask(), server.AcceptSocketAsync(end.Token).AsTask());
        var accepted = await Task.WhenAny(ofProxy, ofServer).WaitAsync(TimeSpan.FromSeconds(60));
        (await accepted).Dispose();
        await curl.WaitAsync();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepted == ofServer ? ofProxy : ofServer);
        return accepted == ofServer;
    }

    private static TcpListener Listener()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
