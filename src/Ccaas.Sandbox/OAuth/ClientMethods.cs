namespace Ccaas.Sandbox.OAuth;

/// <summary>How a client may prove who it is, by the names of RFC 8414's <c>token_endpoint_auth_methods_supported</c>.</summary>
[Flags]
internal enum ClientMethods
{
    None = 0,

    /// <summary>client_secret_basic, RFC 6749 section 2.3.1.</summary>
    Basic = 1,

    /// <summary>client_secret_post, RFC 6749 section 2.3.1.</summary>
    Post = 2,

    /// <summary>private_key_jwt, RFC 7523 section 2.2.</summary>
    PrivateKeyJwt = 4,

    /// <summary>tls_client_auth, RFC 8705 section 2.1.</summary>
    Tls = 8,
}
