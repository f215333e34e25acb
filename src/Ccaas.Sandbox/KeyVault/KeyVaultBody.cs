using System.Text.Json;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>What is to be written, as it came. What was not sent is null.</summary>
internal sealed record KeyVaultBody
{
    // The vault takes no secret that is longer.
    private const int MostCharacters = 25 * 1024;

    public string? Value { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public KeyVaultAttributes? Attributes { get; init; }

    /// <summary>Null with a problem if it cannot be read, or is more than the vault takes.</summary>
    public static KeyVaultBody? Read(Incoming request, out string problem)
    {
        problem = "";
        try
        {
            if (request.MediaType == "application/json"
                && JsonSerializer.Deserialize<KeyVaultBody>(request.Body, JsonSerializerOptions.Web) is { } body)
            {
                problem = body.Value?.Length > MostCharacters ? "The value is longer than 25k."
                    : body.Attributes?.AreTimes == false ? "nbf and exp are seconds since 1970."
                    : "";
                return problem.Length == 0 ? body : null;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        problem = "The body must be a JSON object, sent as application/json.";
        return null;
    }

    // The generated one would print the value.
    public override string ToString() => nameof(KeyVaultBody);
}
