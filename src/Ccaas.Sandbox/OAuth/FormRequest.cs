using System.Diagnostics.CodeAnalysis;
using System.Net;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.OAuth;

/// <summary>A form that was posted, read strictly: RFC 6749 section 3.2 lets no field come twice.</summary>
internal sealed class FormRequest
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _fields;

    private FormRequest(IReadOnlyList<KeyValuePair<string, string>> fields) => _fields = fields;

    /// <summary>A field's value, or null if it was not sent.</summary>
    public string? this[string name] => _fields.FirstOrDefault(field => field.Key == name).Value;

    public static bool TryRead(
        Incoming request, [NotNullWhen(true)] out FormRequest? form, [NotNullWhen(false)] out Refusal? refusal)
    {
        form = null;
        refusal = null;
        if (request.MediaType != "application/x-www-form-urlencoded")
        {
            refusal = new Refusal(415, "invalid_request", "the body must be application/x-www-form-urlencoded");
        }
        else if (request.Query.Length > 0)
        {
            refusal = Refusal.InvalidRequest("the token endpoint takes no query");
        }
        else
        {
            form = new FormRequest(FormBody.Parse(request.Body));
        }

        return refusal is null;
    }

    /// <summary>Null if the grant is the one, or is missing or given twice, which is for <see cref="CheckFields"/> to say.</summary>
    public Refusal? CheckGrant(string grantType) => Count("grant_type") == 1 && this["grant_type"] != grantType
        ? new Refusal(400, "unsupported_grant_type", $"only {grantType}")
        : null;

    public Refusal? CheckFields(FormRules rules)
    {
        var required = rules.AllRequired.ToList();
        string[] known = [.. required, .. rules.AllOptional, .. rules.Repeatable];
        if (!rules.AcceptsOthers && _fields.FirstOrDefault(field => !known.Contains(field.Key)).Key is { } unknown)
        {
            return Refusal.InvalidRequest($"unknown field: {unknown}");
        }

        if (required.Find(name => Count(name) == 0) is { } missing)
        {
            return Refusal.InvalidRequest($"missing field: {missing}");
        }

        return _fields.FirstOrDefault(field => Count(field.Key) > 1 && !rules.Repeatable.Contains(field.Key)).Key is { } twice
            ? Refusal.InvalidRequest($"field given twice: {twice}")
            : null;
    }

    private int Count(string name) => _fields.Count(field => field.Key == name);
}

/// <summary>The fields of an <c>application/x-www-form-urlencoded</c> body, in their order, doubles included.</summary>
internal static class FormBody
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string body) =>
        [.. body.Split('&').Where(field => field.Length > 0).Select(field =>
        {
            var pair = field.Split('=', 2);
            return KeyValuePair.Create(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""));
        })];
}

/// <summary>What an endpoint expects of the form that a client posts to it. What is not named here is refused.</summary>
internal sealed record FormRules
{
    /// <summary>The one grant type that it knows; null for an endpoint that issues no token.</summary>
    public string? GrantType { get; init; }

    /// <summary>Fields that come exactly once, besides <c>grant_type</c>.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Fields that come once or not at all, besides those of the client authentication.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Fields that may come any number of times.</summary>
    public IReadOnlyList<string> Repeatable { get; init; } = [];

    /// <summary>Other fields are allowed, once each.</summary>
    public bool AcceptsOthers { get; init; }

    /// <summary>How the client may authenticate; the fields of each way are allowed with it.</summary>
    public required ClientMethods Methods { get; init; }

    /// <summary>This vendor reads id and secret of a Basic header as they are, whatever RFC 6749 section 2.3.1 says.</summary>
    public bool RawBasic { get; init; }

    /// <summary>Paths of the addresses that an assertion may be meant for.</summary>
    public IReadOnlyList<string> AudiencePaths { get; init; } = [];

    public IEnumerable<string> AllRequired => GrantType is null ? Required : Required.Prepend("grant_type");

    public IEnumerable<string> AllOptional =>
    [
        .. Optional,
        .. FieldsOf(ClientMethods.Post, "client_id", "client_secret"),
        .. FieldsOf(ClientMethods.PrivateKeyJwt, "client_id", "client_assertion_type", "client_assertion"),
        .. FieldsOf(ClientMethods.Tls, "client_id"),
    ];

    private string[] FieldsOf(ClientMethods method, params string[] fields) => Methods.HasFlag(method) ? fields : [];
}
