using System.Globalization;
using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Connections that break, hang and drip, and responses that come too early, too late or twice.</summary>
public sealed class ConnectionTests : AttackTests
{
    /// <summary>Runs at once; more would measure the machine.</summary>
    private const int AtOnce = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        new("closed at once", 7, _ => Task.CompletedTask),
        new("reset at once", 7, wire => { wire.Reset(); return Task.CompletedTask; }),
        new("closed after the request", 7, wire => wire.ReadRequestAsync()),
        new("reset after the request", 7, async wire => { await wire.ReadRequestAsync(); wire.Reset(); }),
        new("silence", 7, wire => wire.HangAsync()) { Inputs = LittleTime },
        new("silence at every try", 7, wire => wire.HangAsync()) { Inputs = Given(("timeout", "1s"), ("max-attempts", "2")) },
        new("silence after the headers", 7, SaysThenHangs("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")) { Inputs = LittleTime },
        new("silence after a body without length", 7, SaysThenHangs($"HTTP/1.1 200 OK\r\n\r\n{Body}")) { Inputs = LittleTime },
        new("silence after the whole response", 0, SaysThenHangs(Valid)) { Longest = 4 },
        new("silence after a refusal's headers", 7, SaysThenHangs("HTTP/1.1 401 Unauthorized\r\nContent-Length: 99\r\n\r\n")) { Inputs =
            LittleTime },
        new("a byte of the headers every 100 ms", 7, async wire =>
            { await wire.ReadRequestAsync(); await wire.DripAsync(Valid, Pause); }) { Inputs = LittleTime },
        new("a byte of the body every 100 ms", 7, async wire =>
            { await wire.ReadRequestAsync(); await wire.SendAsync("HTTP/1.1 200 OK\r\n\r\n"); await wire.DripAsync(Body,
            Pause); }) { Inputs = LittleTime },
        new("an interim response every 100 ms", 7, async wire =>
            { await wire.ReadRequestAsync(); await DripAsync(wire, "HTTP/1.1 103 Early Hints\r\n\r\n"); }) { Inputs = LittleTime },
        new("a chunk every 100 ms", 7, async wire =>
            { await wire.ReadRequestAsync(); await wire.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"); await DripAsync(
            wire, Chunk(" ")); }) { Inputs = LittleTime },
        new("a byte every few milliseconds", 0, async wire =>
            { await wire.ReadRequestAsync(); await wire.DripAsync(Valid[..50],
            TimeSpan.FromMilliseconds(2)); await wire.SendAsync(Valid[50..]); }),
        new("a byte in a packet of its own", 0, async wire =>
            { await wire.ReadRequestAsync(); await wire.DripAsync(Valid, TimeSpan.Zero); }),
        new("half a second of silence before the response", 0, async wire =>
            { await wire.ReadRequestAsync(); await Task.Delay(5 * Pause); await wire.SendAsync(Valid); }),
        new("the response before the request is read", 0, async wire => { await wire.SendAsync(Valid); await wire.ReadRequestAsync(); }),
        new("a refusal before the request is read", 3, async wire =>
            { await wire.SendAsync(Text("401 Unauthorized", "Connection: close\r\n")); await wire.ReadRequestAsync(); }),
        new("two responses to one request", 0, Says(Valid + Valid)),
        new("a token, then a refusal", 0, Says(Valid + Text("401 Unauthorized"))),
        new("a refusal, then a token", 3, Says(Text("401 Unauthorized") + Valid)),
        new("the end of an idle connection, as 408", 6, async wire =>
            { await wire.SendAsync(Text("408 Request Timeout", "Connection: close\r\n")); await wire.ReadRequestAsync(); }),
        new("Connection: close, and open", 0, SaysThenHangs(Text("200 OK", "Connection: close\r\n", Body))) { Longest = 4 },
        new("a break at first, then the response", 0, First(wire => wire.ReadRequestAsync())),
        new("a cut response at first, then the whole", 0, First(Says(Valid[..^10]))),
        new("another protocol at first, then the response", 0, First(Says("SSH-2.0-x\r\n"))),
        new("a service error at first, then the response", 0, First(Status("503 Service Unavailable"))),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));

    [NativeFact]
    public Task Response_that_is_cut_at_any_position_is_a_broken_connection() =>
        CutAsync(every: 1, _ => Task.CompletedTask);

    [NativeFact]
    public Task Response_that_is_cut_at_any_position_by_a_reset_is_a_broken_connection() =>
        CutAsync(every: 3, wire => { wire.Reset(); return Task.CompletedTask; });

    [NativeFact]
    public Task Response_that_is_followed_by_silence_at_any_position_is_given_up() =>
        CutAsync(every: 20, wire => wire.HangAsync());

    [NativeFact]
    public async Task Port_without_a_server_is_a_failure_of_the_network()
    {
        var server = new RawServer(Says(Valid));
        await server.DisposeAsync();

        await RunAsync(new Attack("nobody", 7, Says(Valid))
        {
            Inputs =
            Given(("token-url", $"http://127.0.0.1:{server.Port}/oauth/token"))
        });
    }

    private static async Task CutAsync(int every, Func<Wire, Task> after) => await Parallel.ForEachAsync(
        Enumerable.Range(0, Valid.Length).Where(position => position % every == 0),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (position, _) => await RunAsync(Cut(position, after)));

    private static Attack Cut(int position, Func<Wire, Task> after)
    {
        async Task ServeAsync(Wire wire)
        {
            await wire.ReadRequestAsync();
            await wire.SendAsync(Valid[..position]);
            await after(wire);
        }

        return new Attack($"after byte {position.ToString(CultureInfo.InvariantCulture)}", 7, ServeAsync) { Inputs = LittleTime };
    }

    private static async Task DripAsync(Wire wire, string text)
    {
        while (true)
        {
            await wire.SendAsync(text);
            await Task.Delay(Pause);
        }
    }

    /// <summary>The first connection gets this, every other one a right response.</summary>
    private static Behavior First(Behavior first)
    {
        var connections = 0;
        return wire => (Interlocked.Increment(ref connections) == 1 ? first : Says(Valid))(wire);
    }
}
