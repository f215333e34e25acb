using System.Text.Json;
using System.Text.RegularExpressions;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>The one way of a request to the vault: token, version of the API, permission, name.</summary>
internal sealed partial class KeyVaultRequests(VaultState state)
{
    private const string Scheme = "Bearer ";

    /// <param name="request">The request.</param>
    /// <param name="permission">What it takes, as the vault calls it.</param>
    /// <param name="needed">The same as the sandbox calls it.</param>
    /// <param name="response">Makes the response for the secret of this name.</param>
    public Response Respond(Incoming request, string permission, SandboxSecretAccess needed, Func<string, Response> response)
    {
        var authority = $"{request.Origin}/{state.Entra.TenantId}";
        var authorization = request.Header("Authorization") ?? "";
        // Before anything else: the vendor's clients ask without a body first, to learn where tokens are to be had.
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return KeyVaultResponse.Challenge(authority, "AKV10000: Request is missing a Bearer or PoP token.");
        }

        if (state.EntraTokens.Find(authorization[Scheme.Length..], out var expired) is not { } client)
        {
            return KeyVaultResponse.Challenge(authority, "AKV10032: Invalid issuer. The token is not one of ours.");
        }

        if (expired)
        {
            return KeyVaultResponse.Challenge(authority, "AKV10046: The token has expired.");
        }

        var name = request.Part(1);
        return FormBody.Parse(request.Query).FirstOrDefault(field => field.Key == "api-version").Value switch
        {
            null => KeyVaultResponse.BadParameter("api-version must be specified"),
            var version when !ApiVersion().IsMatch(version) =>
                KeyVaultResponse.BadParameter($"The specified version ({version}) is not recognized."),
            _ when !client.Access.HasFlag(needed) => KeyVaultResponse.Error(
                403,
                "Forbidden",
                $"The user, group or application 'appid={client.ClientId}' "
                + $"does not have secrets {permission} permission on key vault 'sandbox'.",
                "AccessDenied"),
            _ when !Name().IsMatch(name) => KeyVaultResponse.BadParameter($"The request URI contains an invalid name: {name}"),
            _ => response(name),
        };
    }

    // The numbered versions, and those by date that came after them.
    [GeneratedRegex(@"\A(?:7\.[0-9]|20[0-9]{2}-[0-9]{2}-[0-9]{2})(?:-preview(?:\.[0-9])?)?\z")]
    private static partial Regex ApiVersion();

    [GeneratedRegex(@"\A[0-9A-Za-z-]{1,127}\z")]
    private static partial Regex Name();
}

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

/// <summary>Attributes of a version that may be written. Times are seconds since 1970.</summary>
internal sealed record KeyVaultAttributes(bool? Enabled, long? Nbf, long? Exp)
{
    private static readonly long MostSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public bool AreTimes => new[] { Nbf ?? 0, Exp ?? 0 }.All(seconds => seconds >= 0 && seconds <= MostSeconds);

    public SandboxSecretVersion ApplyTo(SandboxSecretVersion version) => version with
    {
        Enabled = Enabled ?? version.Enabled,
        NotBefore = Time(Nbf) ?? version.NotBefore,
        ExpiresAt = Time(Exp) ?? version.ExpiresAt,
    };

    private static DateTimeOffset? Time(long? seconds) => seconds is { } s ? DateTimeOffset.FromUnixTimeSeconds(s) : null;
}
