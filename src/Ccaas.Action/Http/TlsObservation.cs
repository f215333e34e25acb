using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Action.Http;

/// <summary>Remembers why a server's certificate was refused, so that a message can name it. It never accepts one that is wrong.</summary>
internal sealed class TlsObservation
{
    /// <summary>Who signed the refused certificate, as it says itself; null when none was refused.</summary>
    public string? Issuer { get; private set; }

    public SslPolicyErrors Errors { get; private set; }

    /// <summary>A certificate of the chain is outside its time.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>The host whose certificate was accepted last; null: none was.</summary>
    public string? AcceptedHost { get; private set; }

    /// <summary>Why a certificate whose authority is trusted was refused all the same; null when that was not the reason.</summary>
    public string? Weakness { get; private set; }

    public bool Validate(object connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None && chain is not null)
        {
            var host = (connection as SslStream)?.TargetHostName ?? "";
            Weakness = CertificateStrength.Weakness(chain, host);
            AcceptedHost = Weakness is null ? host : AcceptedHost;
            return Weakness is null;
        }

        Errors = errors;
        Issuer = certificate?.Issuer;
        IsOutOfTime = chain?.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) ?? false;
        return false;
    }
}
