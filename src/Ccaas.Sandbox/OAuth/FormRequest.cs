using System.Diagnostics.CodeAnalysis;
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
