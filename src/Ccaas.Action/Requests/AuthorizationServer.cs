namespace Ccaas.Action.Requests;

/// <summary>Where tokens are issued and taken back. What is null is looked up in the issuer's metadata, when it is needed.</summary>
internal sealed record AuthorizationServer
{
    /// <summary>RFC 6749 §3.2.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>RFC 7009 §2.</summary>
    public Uri? RevocationEndpoint { get; init; }

    /// <summary>The issuer's identifier as it was given, because the metadata must repeat it to the letter (RFC 8414 §3.3); null: no metadata.</summary>
    public string? Issuer { get; init; }

    /// <summary>The same as an address without a slash at its end, for paths to be appended to.</summary>
    public Uri? IssuerAddress => Issuer is null ? null : new Uri(Issuer.TrimEnd('/'));
}
