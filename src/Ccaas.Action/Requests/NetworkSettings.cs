using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>What the CI system's administrator has set for everything that runs there.</summary>
/// <param name="Proxy">The way out; null: what the environment's HTTPS_PROXY and NO_PROXY say.</param>
/// <param name="CertificateAuthorities">PEM text of roots to trust besides the system's; null: none.</param>
internal sealed record NetworkSettings(ProxySettings? Proxy, string? CertificateAuthorities)
{
    public static NetworkSettings OfEnvironment { get; } = new(null, null);
}

/// <param name="Address">The proxy, without user and password.</param>
/// <param name="User">Empty: none is asked for.</param>
/// <param name="Password">The user's password; null: none.</param>
/// <param name="Bypass">Regular expressions; an address that one of them matches is reached directly.</param>
internal sealed record ProxySettings(Uri Address, string User, Secret? Password, IReadOnlyList<string> Bypass);
