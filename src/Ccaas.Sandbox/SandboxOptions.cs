namespace Ccaas.Sandbox;

/// <summary>Options of a sandbox. All have defaults. Without clients, nobody gets a token.</summary>
public sealed record SandboxOptions
{
    /// <summary>The IP address to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port for plain http; 0 takes any free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>TCP port for https; 0 takes any free one.</summary>
    public int HttpsPort { get; init; }

    /// <summary>
    /// The clock for the expiry of tokens and assertions and for Retry-After dates. Faults wait in real time, and certificates are
    /// checked with the real clock.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Clients that may request a token.</summary>
    public IReadOnlyList<SandboxClient> Clients { get; init; } = [];

    /// <summary>Lifetime of a token in seconds: a day, the default of Genesys Cloud.</summary>
    public int TokenLifetime { get; init; } = 86400;

    /// <summary>Makes the next token. Default: 86 random characters, as long as one from Genesys Cloud.</summary>
    public Func<string>? NewToken { get; init; }

    /// <summary>Makes the next refresh token, which no endpoint accepts. Default: 86 random characters.</summary>
    public Func<string>? NewRefreshToken { get; init; }

    /// <summary>Makes the last part of the next id token, which no key verifies. Default: 86 random characters of base64url.</summary>
    public Func<string>? NewIdTokenSignature { get; init; }

    /// <summary>Settings of single vendors, at most one of each type. A vendor's folder declares its own.</summary>
    public IReadOnlyList<object> Vendors { get; init; } = [];

    /// <summary>Serve a certificate that names another host.</summary>
    public bool WrongHostCertificate { get; init; }

    /// <summary>Serve a certificate that expired yesterday.</summary>
    public bool ExpiredCertificate { get; init; }

    /// <summary>Also serve <c>/_sandbox/</c>, where another process orders faults and reads the requests.</summary>
    public bool Control { get; init; }

    internal T Of<T>()
        where T : class, new() => Vendors.OfType<T>().SingleOrDefault() ?? new T();
}
