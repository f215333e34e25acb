namespace Ccaas.Action.Providers.OAuth2;

/// <summary>Reads the fields of the token request from scope, audience, resource and parameters.</summary>
internal static class GrantParameters
{
    private const string GrantType = "grant_type";

    /// <summary>Fields that are secrets by their definition in the OAuth RFCs, so that they are masked like the others.</summary>
    private static readonly string[] Secrets =
        ["password", "assertion", "refresh_token", "code", "code_verifier", "subject_token", "actor_token", "device_code"];

    /// <summary>Client authentication has its own inputs; a second one in the form would be refused (RFC 6749 §2.3).</summary>
    private static readonly string[] ClientFields = ["client_id", "client_secret", "client_assertion", "client_assertion_type"];

    /// <returns>The fields in the order in which they are sent: the grant type first.</returns>
    public static IReadOnlyList<GrantField> Read(InputReader inputs)
    {
        var given = Parse(inputs);
        GrantField?[] fields =
        [
            // Another grant can be requested, with its fields.
            given.Find(field => field.Name == GrantType) ?? GrantField.Of(GrantType, "client_credentials"),
            GrantField.Optional("scope", inputs.Text(Input.Scope)),
            GrantField.Optional("audience", inputs.Text(Input.Audience)),
            // RFC 8707 §2: a field for each resource.
            .. inputs.Words(Input.Resource).Select(resource => GrantField.Of("resource", resource)),
            .. given.Where(field => field.Name != GrantType),
        ];
        return [.. fields.OfType<GrantField>()];
    }

    private static List<GrantField> Parse(InputReader inputs)
    {
        var fields = new List<GrantField>();
        var number = 0;
        foreach (var line in (inputs.Text(Input.Parameters) ?? "").Split('\n', StringSplitOptions.TrimEntries))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? line[..equals].TrimEnd() : "";
            if (Wrong(name, inputs, fields) is { } wrong)
            {
                // Not the line itself: it may contain a secret.
                inputs.Problems.Add(Input.Parameters, $"line {number} {wrong}");
                continue;
            }

            var value = line[(equals + 1)..].TrimStart();
            fields.Add(Secrets.Contains(name) ? GrantField.Of(name, new Secret(value)) : GrantField.Of(name, value));
        }

        return fields;
    }

    private static string? Wrong(string name, InputReader inputs, List<GrantField> before) => name switch
    {
        "" => "is not name=value.",
        _ when name.AsSpan().ContainsAnyExceptInRange('!', '~') => "has a name that no field of a form has.",
        _ when ClientFields.Contains(name) =>
            $"sets {name}, which client-id, client-secret, private-key and client-authentication are for.",
        "scope" or "audience" or "resource" when inputs.Given(name) => $"sets {name}, which the input {name} sets too; keep one of them.",
        _ when before.Exists(field => field.Name == name && name != "resource") => $"sets {name} a second time.",
        _ => null,
    };
}
