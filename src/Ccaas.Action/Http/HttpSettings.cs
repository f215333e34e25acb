namespace Ccaas.Action.Http;

/// <summary>Network settings of a run.</summary>
/// <param name="Limits">Timeouts and attempts.</param>
internal sealed record HttpSettings(Limits Limits)
{
    /// <summary>The network settings of the machine.</summary>
    public NetworkSettings Network { get; init; } = NetworkSettings.Default;

    /// <summary>PEM text of roots to trust besides the system's; null: none.</summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>Sent on every TLS connection that requests a client certificate; null: none.</summary>
    public ClientCertificate? ClientCertificate { get; init; }
}

/// <param name="CertificatePem">The certificate and its chain.</param>
/// <param name="Key">Its private key as PEM text.</param>
internal sealed record ClientCertificate(string CertificatePem, Secret Key);

/// <param name="Timeout">For everything together, retries included.</param>
/// <param name="MaxAttempts">Attempts of one request, including the first.</param>
internal sealed record Limits(TimeSpan Timeout, int MaxAttempts)
{
    /// <summary>
    /// A third of the timeout, so that one hanging connection leaves time for another attempt; at least a second, enough for a slow
    /// handshake, and at most twenty, after which no token endpoint responds. A single attempt gets the whole timeout.
    /// </summary>
    public TimeSpan AttemptTimeout => MaxAttempts == 1 ? Timeout : TimeSpan.FromSeconds(Math.Clamp(Timeout.TotalSeconds / 3, 1, 20));
}

/// <summary>The end of the run's timeout, on the monotonic clock.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly CancellationTokenSource _up;

    public Deadline(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _start = time.GetTimestamp();
        _up = new CancellationTokenSource(timeout, time);
        Timeout = timeout;
    }

    public TimeSpan Timeout { get; }

    /// <summary>Negative after the end.</summary>
    public TimeSpan Remaining => Timeout - _time.GetElapsedTime(_start);

    /// <summary>A source that is canceled at the end of the timeout, or with the given token.</summary>
    public CancellationTokenSource Limit(CancellationToken cancellation) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancellation, _up.Token);

    public void Dispose() => _up.Dispose();
}
