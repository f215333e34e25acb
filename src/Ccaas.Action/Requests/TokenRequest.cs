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
    string? CertificateAuthorities);

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
