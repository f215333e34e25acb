namespace Ccaas.Action.Http;

/// <summary>How servers are reached.</summary>
/// <param name="Limits">How long and how often to try.</param>
internal sealed record HttpSettings(Limits Limits)
{
    /// <summary>What holds for everything that runs in this place.</summary>
    public NetworkSettings Network { get; init; } = NetworkSettings.Default;

    /// <summary>PEM text of roots to trust besides the system's; null: none.</summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>What this side shows on every TLS connection that asks for it; null: nothing.</summary>
    public ClientCertificate? ClientCertificate { get; init; }
}

/// <param name="CertificatePem">The certificate, and what leads from it to its authority.</param>
/// <param name="Key">Its private key as PEM text.</param>
internal sealed record ClientCertificate(string CertificatePem, Secret Key);

/// <param name="Timeout">For everything together, retries included.</param>
/// <param name="MaxAttempts">Tries of one request, the first included.</param>
internal sealed record Limits(TimeSpan Timeout, int MaxAttempts)
{
    /// <summary>
    /// A try gets a third of the whole, so that one hanging connection leaves time for another try; never under a second,
    /// in which a handshake across the world must fit, and never over twenty, after which no token endpoint answers. The only
    /// try there is gets it all.
    /// </summary>
    public TimeSpan AttemptTimeout => MaxAttempts == 1 ? Timeout : TimeSpan.FromSeconds(Math.Clamp(Timeout.TotalSeconds / 3, 1, 20));
}
