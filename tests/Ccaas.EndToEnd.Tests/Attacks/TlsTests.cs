using System.Net.Security;
using System.Security.Authentication;
using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>TLS that is none, that is old, that breaks off, and certificates that prove nothing.</summary>
public sealed class TlsTests : AttackTests
{
    private static readonly OddCertificate Right = new();

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        Tls("a right certificate", 0, Right),
        Refused("expired", new OddCertificate { FromDay = -30, ToDay = -1 }),
        Refused("not valid yet", new OddCertificate { FromDay = 1, ToDay = 30 }),
        Refused("for another name", new OddCertificate { DnsName = "login.example.com" }),
        Refused("for the whole world", new OddCertificate { DnsName = "*" }),
        Refused("signed by itself", new OddCertificate { IsSelfSigned = true }),
        Refused("of clients only", new OddCertificate { Purpose = "1.3.6.1.5.5.7.3.2" }),
        Refused("of an authority that nobody knows", Right) with { Inputs = At("https://127.0.0.1:{port}/oauth/token") },
        Refused("of an authority that somebody else knows", Right) with { Inputs =
            At("https://127.0.0.1:{port}/oauth/token", new OddCertificate()) },
        Refused("without alternative names", new OddCertificate { DnsName = null }),

        Raw("plain http, once asked", Says(Valid)),
        Raw("plain http at once", async wire => { await wire.SendAsync(Text("400 Bad Request")); await wire.ReadRequestAsync(); }),
        Raw("SSH at once", async wire => { await wire.SendAsync("SSH-2.0-OpenSSH_9.7\r\n"); await wire.HangAsync(); }),
        Raw("closed at once", _ => Task.CompletedTask),
        Raw("reset at once", wire => { wire.Reset(); return Task.CompletedTask; }),
        Raw("silence", wire => wire.HangAsync()) with { Longest = 3 },
        Raw("NUL bytes without end", wire => wire.SendForeverAsync(new string('\0', 8192))),
        Raw("a record of 64 KB", wire => wire.SendAsync($"\u0016\u0003\u0003\u00FF\u00FF{new string('x', 65535)}")),
        Raw("a certificate message of 16 MB", wire =>
            wire.SendForeverAsync(Record(22, "\u000B\u00FF\u00FF\u00FF" + new string('x', 16000)))),
        Raw("empty records without end", wire => wire.SendForeverAsync(Record(22, ""))),
        Raw("warnings without end", wire => wire.SendForeverAsync(Alert(1, 112))),
        Raw("an end before the beginning", wire => wire.SendAsync(Alert(1, 0))),
        Raw("alert: handshake failure", wire => wire.SendAsync(Alert(2, 40))),
        Raw("alert: protocol version", wire => wire.SendAsync(Alert(2, 70))),
        Raw("alert: internal error", wire => wire.SendAsync(Alert(2, 80))),
        Raw("alert: no application protocol", wire => wire.SendAsync(Alert(2, 120))),
        Raw("alert: nobody knows it", wire => wire.SendAsync(Alert(3, 255))),
        Raw("data before the handshake", wire => wire.SendAsync(Record(23, Valid))),
        Raw("SSL 3.0 chosen", wire => wire.SendAsync(ServerHello(0x00, "\u0000\u002F"))),
        Raw("TLS 1.0 chosen", wire => wire.SendAsync(ServerHello(0x01, "\u0000\u002F"))),
        Raw("TLS 1.1 chosen", wire => wire.SendAsync(ServerHello(0x02, "\u0000\u002F"))),
        Raw("TLS 1.2 with a cipher that nobody offered", wire => wire.SendAsync(ServerHello(0x03, "\u0000\u0000"))),
        Raw("TLS 1.2 with a cipher without encryption", wire => wire.SendAsync(ServerHello(0x03, "\u0000\u0002"))),

        Tls("HTTP/2 alone is spoken", 7, Right, options => options.ApplicationProtocols = [SslApplicationProtocol.Http2], wire =>
            wire.SendAsync("\0\0\u0006\u0004\0\0\0\0\0\0\u0003\0\0\0d")),
        Tls("TLS 1.2 alone", 0, Right, options => options.EnabledSslProtocols = SslProtocols.Tls12),
        Tls("TLS 1.3 alone", 0, Right, options => options.EnabledSslProtocols = SslProtocols.Tls13),
        Tls("a client's certificate is wanted, 1.2", 7, Right, WantsCertificate(SslProtocols.Tls12)),
        Tls("a client's certificate is wanted, 1.3", 7, Right, WantsCertificate(SslProtocols.Tls13)),
        Tls("another handshake after the request, 1.2", 7, Right, options => options.EnabledSslProtocols = SslProtocols.Tls12,
            async wire => { await wire.ReadRequestAsync(); await wire.RenegotiateAsync(); }),
        Tls("a certificate wanted after the request, 1.3", 7, Right, options => options.EnabledSslProtocols = SslProtocols.Tls13,
            async wire => { await wire.ReadRequestAsync(); await wire.RenegotiateAsync(); }),
        // A token response tells by itself whether it is whole.
        Tls("no word at the end, and a body without length", 0, Right, response: Says($"HTTP/1.1 200 OK\r\n\r\n{Body}")),
        Tls("no word at the end, and half of a body without length", 6, Right, response: Says($"HTTP/1.1 200 OK\r\n\r\n{Body[..50]}")),
        Tls("no word at the end, and half of a body with length", 7, Right, response: Says(Valid[..^10])),
        Tls("reset after the request", 7, Right, response: async wire => { await wire.ReadRequestAsync(); wire.Reset(); }),
        Tls("silence after the request", 7, Right, response: wire => wire.HangAsync()) with { Inputs =
            At("https://127.0.0.1:{port}/oauth/token", Right, LittleTime) },
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));

    [NativeFact]
    public async Task Handshake_that_is_cut_anywhere_is_a_failure_of_the_network()
    {
        await using var whole = new RawServer(Speaks(Right, null, Says(Valid)));
        foreach (var most in new[] { 0, 1, 4, 5, 6, 9, 43, 100, 127, 200, 500, 1000, 1300 })
        {
            await RunAsync(Raw($"after byte {most}", wire => wire.RelayAsync(whole.Port, most)) with
            {
                Inputs =
                At("https://127.0.0.1:{port}/oauth/token", Right)
            });
        }
    }

    /// <summary>A certificate of a server that is not trusted yet sends nobody anywhere.</summary>
    [NativeFact]
    public async Task Issuer_of_a_certificate_is_not_fetched()
    {
        await using var elsewhere = new RawServer(Status("200 OK", "Content-Type: application/pkix-cert\r\n", "nonsense"));
        var certificate = new OddCertificate { IssuerAddress = new Uri($"http://127.0.0.1:{elsewhere.Port}/issuer.cer") };

        await RunAsync(
            Refused("that names where its issuer is", certificate) with { Inputs = At("https://127.0.0.1:{port}/oauth/token") },
            _ => Assert.Equal(0, elsewhere.Connections));
    }

    private static Attack Refused(string name, OddCertificate certificate) =>
        Tls($"a certificate {name}", 7, certificate) with { MustNotBeAsked = true, MostConnections = 1 };

    private static Attack Tls(string name, int exitCode, OddCertificate certificate, Action<SslServerAuthenticationOptions>? change = null,
        Behavior? response = null) =>
        new(name, exitCode, Speaks(certificate, change, response ?? Says(Valid)))
        {
            Inputs =
            At("https://127.0.0.1:{port}/oauth/token", certificate)
        };

    /// <summary>Bytes in place of a handshake.</summary>
    private static Attack Raw(string name, Behavior behavior) =>
        new($"no handshake: {name}", 7, behavior) { Inputs = At("https://127.0.0.1:{port}/oauth/token", Right, LittleTime) };

    private static Behavior Speaks(OddCertificate certificate, Action<SslServerAuthenticationOptions>? change, Behavior response) =>
        async wire =>
    {
        // Offline, or this side would look for the issuer.
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(
            certificate.Server, null, offline: true)
        };
        change?.Invoke(options);
        await wire.HandshakeAsync(options);
        await response(wire);
    };

    private static Action<SslServerAuthenticationOptions> WantsCertificate(SslProtocols protocol) => options =>
    {
        options.EnabledSslProtocols = protocol;
        options.ClientCertificateRequired = true;
        options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
    };

    private static IReadOnlyDictionary<string,
        string> At(string address, OddCertificate? trusted = null, IReadOnlyDictionary<string, string>? others = null) => Given(
    [
        ("token-url", address),
        .. trusted is null ? Array.Empty<(string, string)>() : [("ca-certificate", trusted.AuthorityPem)],
        .. (others ?? Given()).Select(input => (input.Key, input.Value)),
    ]);

    // RFC 8446 §5.1 and §6, RFC 5246 §7.4.1.3.
    private static string Record(int type, string data) =>
        $"{(char)type}\u0003\u0003{(char)(data.Length >> 8)}{(char)(data.Length & 0xFF)}{data}";

    private static string Alert(int level, int description) => Record(21, $"{(char)level}{(char)description}");

    private static string ServerHello(int minor, string cipher)
    {
        var hello = $"\u0003{(char)minor}{new string('r', 32)}\0{cipher}\0";
        return Record(22, $"\u0002\0\0{(char)hello.Length}{hello}");
    }
}
