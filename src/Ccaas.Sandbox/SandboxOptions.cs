namespace Ccaas.Sandbox;

/// <summary>How a sandbox is started. Everything has a default, except who may do what: with nobody named, nobody gets a token.</summary>
public sealed record SandboxOptions
{
    /// <summary>An IP address to listen on. Anything but loopback only because somebody wrote it down here.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port for plain http; 0 takes any free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>TCP port for https; 0 takes any free one.</summary>
    public int HttpsPort { get; init; }

    /// <summary>
    /// Decides when a token or a client's assertion has expired and what a Retry-After date says. Faults that wait do so in
    /// real time, and a certificate is judged by it.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Who may ask for a token.</summary>
    public IReadOnlyList<SandboxClient> Clients { get; init; } = [];

    /// <summary>Seconds that a token lives: a day, which is what Genesys Cloud gives unless the client says otherwise.</summary>
    public int TokenLifetime { get; init; } = 86400;

    /// <summary>Makes the next token. Default: 86 random characters, as long as one from Genesys Cloud.</summary>
    public Func<string>? NewToken { get; init; }

    /// <summary>Makes the next refresh token, which no endpoint takes back. Default: 86 random characters.</summary>
    public Func<string>? NewRefreshToken { get; init; }

    /// <summary>Makes the last part of the next id token, which no key verifies. Default: 86 random characters of base64url.</summary>
    public Func<string>? NewIdTokenSignature { get; init; }

    /// <summary>Settings of single vendors, at most one of each type. A vendor's folder declares its own.</summary>
    public IReadOnlyList<object> Vendors { get; init; } = [];

    /// <summary>Serve a certificate that names another host.</summary>
    public bool WrongHostCertificate { get; init; }

    /// <summary>Serve a certificate that ran out yesterday.</summary>
    public bool ExpiredCertificate { get; init; }

    /// <summary>Also answer under <c>/_sandbox/</c>, where another process orders faults and reads the requests.</summary>
    public bool Control { get; init; }

    internal T Of<T>()
        where T : class, new() => Vendors.OfType<T>().SingleOrDefault() ?? new T();
}
