namespace Ccaas.Action.Requests;

/// <summary>Signatures by the names of RFC 7518 §3.1.</summary>
internal enum SigningAlgorithm
{
    /// <summary>RSA with PKCS #1 version 1.5 padding.</summary>
    RS256,

    /// <summary>RSA with PSS padding.</summary>
    PS256,

    /// <summary>ECDSA on the curve P-256.</summary>
    ES256,
}
