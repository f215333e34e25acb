using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Chunked bodies, and what contradicts them (RFC 9112 §6.1 and §7.1).</summary>
public sealed class ChunkTests : AttackTests
{
    private static readonly string Whole = Chunk(Body);

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        new("one chunk", 0, Chunks($"{Whole}0\r\n\r\n")),
        new("a chunk for every byte", 0, Chunks(string.Concat(Body.Select(letter => Chunk(letter.ToString()))) + "0\r\n\r\n")),
        new("100,000 chunks of a space", 0, Chunks(Repeat(Chunk(" "), 100_000) + $"{Whole}0\r\n\r\n")),
        new("chunks of a space without end", 6,
            Forever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Repeat(Chunk(" "), 10_000))) { MostConnections = 1 },
        new("a chunk of 2 GB", 6,
            Forever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", new string(' ', 65536))) { MostConnections = 1 },
        new("the last chunk missing", 7, Chunks(Whole)),
        new("the end of the last chunk missing", 7, Chunks($"{Whole}0\r\n")),
        new("a size that is not hexadecimal", 7, Chunks($"zz\r\n{Body}\r\n0\r\n\r\n")),
        new("a size that is negative", 7, Chunks($"-{Whole}0\r\n\r\n")),
        new("a size with 0x", 7, Chunks($"0x{Whole}0\r\n\r\n")),
        new("a size over 64 bits", 7, Chunks($"fffffffffffffffff\r\n{Body}\r\n0\r\n\r\n")),
        new("a size that is empty", 7, Chunks($"\r\n{Body}\r\n0\r\n\r\n")),
        new("a size with 1,000 zeros before it", 0, Chunks($"{new string('0', 1000)}{Whole}0\r\n\r\n")),
        new("a size greater than the chunk", 7, Chunks($"{Body.Length + 100:x}\r\n{Body}\r\n0\r\n\r\n")),
        new("a size less than the chunk", 7, Chunks($"{Body.Length - 1:x}\r\n{Body}\r\n0\r\n\r\n")),
        new("an extension of a chunk", 0, Chunks($"{Body.Length:x};name=\"value\"\r\n{Body}\r\n0;x\r\n\r\n")),
        new("an extension without end", 7, Forever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", new string('x', 65536))),
        new("a trailer with another length", 0, Chunks($"{Whole}0\r\nContent-Length: 1\r\nX-Trailer: x\r\n\r\n")),
        new("trailers without end", 6,
            Forever($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Whole}0\r\n", Repeat("X-Trailer: x\r\n", 500))),
        new("a trailer that is no header", 7, Chunks($"{Whole}0\r\nnonsense\r\n\r\n")),

        new("chunks and a length", 0, Says($"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{Whole}0\r\n\r\n")),
        new("chunks announced, none sent", 7, Headers("Transfer-Encoding: chunked\r\n")),
        new("chunked twice", 0,
            Says($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n{Whole}0\r\n\r\n")),
        new("chunked under another name", 6, Says($"HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n{Whole}0\r\n\r\n")),
        new("gzip, chunked", 6,
            Says($"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n{Chunk("\u001F\u008Bnonsense")}0\r\n\r\n")),
        new("identity", 0, Headers($"Transfer-Encoding: identity\r\nContent-Length: {Body.Length}\r\n")),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));
}
