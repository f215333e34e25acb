namespace Ccaas.Action.Requests;

/// <summary>How a client proves itself at the token endpoint.</summary>
internal enum ClientAuthenticationMethod
{
    /// <summary>HTTP Basic with id and secret form-encoded first, RFC 6749 §2.3.1.</summary>
    Basic,

    /// <summary>HTTP Basic with id and secret as they are, which RFC 7617 alone would ask for and some servers expect.</summary>
    BasicRaw,

    /// <summary>Id and secret as fields of the form, RFC 6749 §2.3.1.</summary>
    Post,

    /// <summary>An assertion signed with the client's private key, RFC 7523 §2.2.</summary>
    PrivateKeyJwt,

    /// <summary>The certificate of the TLS connection, RFC 8705 §2; only the id is in the form.</summary>
    TlsClientAuth,
}
