using System.Diagnostics.CodeAnalysis;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.Tls;

namespace Ccaas.Sandbox.OAuth;

/// <summary>Which client sends a request, by whichever way of proving it the request uses.</summary>
internal sealed class ClientAuthentication(
    IReadOnlyList<SandboxClient> clients, ClientAssertions assertions, SandboxCertificates certificates)
{
    public static Refusal Missing { get; } = Refusal.InvalidClient("no client authentication that this endpoint takes");

    public static Refusal UnknownClient { get; } = Refusal.InvalidClient("there is no such client");

    public static Refusal WrongSecret { get; } = Refusal.InvalidClient("the client secret is wrong");

    public bool TryIdentify(
        Incoming request,
        FormRequest form,
        FormRules rules,
        [NotNullWhen(true)] out SandboxClient? client,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        client = null;
        refusal = Used(request, form) switch
        {
            [] => Missing,
            // RFC 6749 section 2.3.
            [_, _, ..] => Refusal.InvalidRequest("more than one way of client authentication in one request"),
            [var method] when !rules.Methods.HasFlag(method) => Missing,
            [ClientMethods.Basic] => ByBasic(request, rules, out client),
            [ClientMethods.Post] => ByPost(form, out client),
            [ClientMethods.PrivateKeyJwt] => ByAssertion(form, [.. rules.AudiencePaths.Select(path => request.Origin + path)], out client),
            _ => ByCertificate(request, form, out client),
        };
        if (client is not null && form["client_id"] is { } id && id != client.ClientId)
        {
            refusal = Refusal.InvalidRequest("client_id names another client than the one that authenticates");
            client = null;
        }

        return client is not null;
    }

    private static List<ClientMethods> Used(Incoming request, FormRequest form)
    {
        var used = new List<ClientMethods>();
        if (request.Header("Authorization") is not null)
        {
            used.Add(ClientMethods.Basic);
        }

        if (form["client_secret"] is not null)
        {
            used.Add(ClientMethods.Post);
        }

        if ((form["client_assertion"] ?? form["client_assertion_type"]) is not null)
        {
            used.Add(ClientMethods.PrivateKeyJwt);
        }

        // A certificate alone is no way: it belongs to the connection, and other ways may be used on it (RFC 8705 section 3).
        if (used.Count == 0 && form["client_id"] is not null)
        {
            used.Add(ClientMethods.Tls);
        }

        return used;
    }

    private Refusal? ByBasic(Incoming request, FormRules rules, out SandboxClient? client)
    {
        client = null;
        if (BasicCredentials.Parse(request.Header("Authorization"), out var problem) is not { } credentials)
        {
            return Refusal.InvalidRequest(problem);
        }

        bool IsRaw(SandboxClient one) => rules.RawBasic || one.RawBasic;
        var named = clients.Where(one => credentials.IsIdOf(one, IsRaw(one))).ToList();
        client = named.Find(one => credentials.IsSecretOf(one, IsRaw(one)));
        if (client is not null && !IsRaw(client) && !credentials.AreFormEncoded)
        {
            client = null;
            return Refusal.InvalidClient("the Basic credentials are not form-encoded (RFC 6749 section 2.3.1)");
        }

        return Judge(client, named.Count);
    }

    private Refusal? ByPost(FormRequest form, out SandboxClient? client)
    {
        client = null;
        if (form["client_id"] is not { } id)
        {
            return Refusal.InvalidRequest("missing field: client_id");
        }

        var named = clients.Where(c => c.ClientId == id).ToList();
        client = named.Find(c => c.ClientSecret == form["client_secret"]);
        return Judge(client, named.Count);
    }

    private Refusal? ByAssertion(FormRequest form, IReadOnlyList<string> audiences, out SandboxClient? client)
    {
        client = null;
        if (form["client_assertion_type"] != ClientAssertions.Type)
        {
            return Refusal.InvalidRequest($"client_assertion_type must be {ClientAssertions.Type}");
        }

        if (form["client_assertion"] is not { } assertion)
        {
            return Refusal.InvalidRequest("missing field: client_assertion");
        }

        client = assertions.FindClient(assertion, audiences, out var problem);
        return client is null ? Refusal.InvalidClient(problem) : null;
    }

    private Refusal? ByCertificate(Incoming request, FormRequest form, out SandboxClient? client)
    {
        client = null;
        if (request.ClientCertificate is not { } certificate)
        {
            return Refusal.InvalidClient("there is neither a secret, nor an assertion, nor a client certificate");
        }

        if (certificates.FindClientName(certificate) is not { } name)
        {
            return Refusal.InvalidClient("the client certificate is not one that the sandbox issued, or not valid now");
        }

        if (name != form["client_id"])
        {
            return Refusal.InvalidClient("the client certificate names another client than client_id");
        }

        client = clients.FirstOrDefault(c => c.ClientId == name);
        return client is null ? UnknownClient : null;
    }

    private static Refusal? Judge(SandboxClient? client, int named) => client is not null ? null : named == 0 ? UnknownClient : WrongSecret;
}

/// <summary>Client authentication methods, by the names of RFC 8414's <c>token_endpoint_auth_methods_supported</c>.</summary>
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
