using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>Everything a run does, decided before the first byte goes out.</summary>
/// <param name="Plan">What the provider makes of the inputs.</param>
/// <param name="Limits">How long and how often to try.</param>
/// <param name="Organization">Whether and against what to check the organisation.</param>
/// <param name="Export">What later steps find in their environment.</param>
/// <param name="MinimumValidity">A token that lasts less is worth a warning.</param>
/// <param name="CertificateAuthorities">PEM text of roots to trust besides the system's; null: none.</param>
internal sealed record TokenRequest(
    TokenPlan Plan,
    Limits Limits,
    OrganizationPolicy Organization,
    Export Export,
    TimeSpan MinimumValidity,
    string? CertificateAuthorities)
{
    /// <summary>The token is taken back when the job ends.</summary>
    public bool Revoke { get; init; }

    /// <summary>Later steps are to find the executable.</summary>
    public bool Install { get; init; }

    /// <summary>Which tokens that are there already may be handed out.</summary>
    public ReusePolicy Reuse { get; init; } = ReusePolicy.None;

    /// <summary>False where a token that another job has sealed is all there is.</summary>
    public bool HasCredentials { get; init; } = true;

    /// <summary>What holds for everything that runs in this place.</summary>
    public NetworkSettings Network { get; init; } = NetworkSettings.Default;

    /// <summary>What this side shows on every TLS connection that asks for it; null: nothing.</summary>
    public ClientCertificate? ClientCertificate { get; init; }

    /// <summary>Every secret that the credentials hold, in a fixed order. Without credentials, what stands in their place is empty, and no secret.</summary>
    public IEnumerable<Secret> Secrets => (HasCredentials, ClientCertificate) switch
    {
        (false, _) => [],
        (true, { Key: var key }) => Plan.Secrets.Append(key),
        _ => Plan.Secrets,
    };

    /// <summary>
    /// What keys are made of: all of these secrets, one of which holds 128 bits at least. Where none does, the key to seal with
    /// goes in besides; without that there is no key, and this is empty.
    /// </summary>
    public IEnumerable<Secret> KeySecrets => (HasStrongSecret, Reuse.SealKey) switch
    {
        (true, _) => Secrets,
        (false, { } key) => Secrets.Append(key),
        _ => [],
    };

    /// <summary>Whether anything can be sealed at all.</summary>
    public bool HasKey => HasStrongSecret || Reuse.SealKey is not null;

    private bool HasStrongSecret => HasCredentials && (ClientCertificate is not null || Plan.HasStrongSecret);
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

/// <param name="Wanted">Ask the vendor who we are.</param>
/// <param name="AllowedOrganizations">Ids, any case; empty: any organisation.</param>
internal sealed record OrganizationPolicy(bool Wanted, IReadOnlyList<string> AllowedOrganizations);

/// <param name="Variable">Name to export the token under; null: no export.</param>
/// <param name="ToolEnvironment">Also export what the vendor's tools read.</param>
internal sealed record Export(string? Variable, bool ToolEnvironment);
