namespace Ccaas.Sandbox.KeyVault;

/// <summary>Attributes of a version that may be written. Times are seconds since 1970.</summary>
internal sealed record KeyVaultAttributes(bool? Enabled, long? Nbf, long? Exp)
{
    private static readonly long MostSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public bool AreTimes => new[] { Nbf ?? 0, Exp ?? 0 }.All(seconds => seconds >= 0 && seconds <= MostSeconds);

    public SandboxSecretVersion ApplyTo(SandboxSecretVersion version) => version with
    {
        Enabled = Enabled ?? version.Enabled,
        NotBefore = Time(Nbf) ?? version.NotBefore,
        ExpiresAt = Time(Exp) ?? version.ExpiresAt,
    };

    private static DateTimeOffset? Time(long? seconds) => seconds is { } s ? DateTimeOffset.FromUnixTimeSeconds(s) : null;
}
