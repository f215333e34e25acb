using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>The directory that Azure Key Vault trusts. By default it is empty.</summary>
public sealed record SandboxEntra
{
    /// <summary>The tenant's id, which is the first part of its token endpoint's path.</summary>
    public string TenantId { get; init; } = "5a4db0c5-0000-4000-8000-00000000a22e";

    /// <summary>Clients that may request a token.</summary>
    public IReadOnlyList<SandboxEntraClient> Clients { get; init; } = [];

    /// <summary>Lifetime of a token in seconds: an hour, about the same as Entra's.</summary>
    public int TokenLifetime { get; init; } = 3600;
}

/// <summary>An application or a managed identity.</summary>
/// <param name="ClientId">What it calls itself.</param>
public sealed record SandboxEntraClient(string ClientId)
{
    /// <summary>Its password; null: it has none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>
    /// Whether a federated credential fits: issuer, subject and, if that matters, the signature. Null: it has no such
    /// credential. An assertion that has expired, or is meant for another audience, is refused without a question.
    /// </summary>
    public Func<SandboxAssertion, bool>? AcceptsAssertion { get; init; }

    /// <summary>True: the machine's metadata service issues its tokens. If there are several, the first one is the default.</summary>
    public bool IsManagedIdentity { get; init; }

    /// <summary>What it may do with the vault's secrets.</summary>
    public SandboxSecretAccess Access { get; init; } = SandboxSecretAccess.All;

    // The generated one would print the secret.
    public override string ToString() => ClientId;
}

/// <summary>
/// The directory's token endpoint, for the client credentials grant with a secret or a federated credential:
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
/// </summary>
internal sealed class EntraLogin(VaultState state)
{
    private const string Scope = EntraTokens.Resource + "/.default";

    // The default audience of a federated credential.
    private const string AssertionAudience = "api://AzureADTokenExchange";

    private const string NoRecord = "No matching federated identity record found for presented assertion";

    private static readonly FormRules Rules = new()
    {
        GrantType = "client_credentials",
        Required = ["client_id", "scope"],
        Methods = ClientMethods.Post | ClientMethods.PrivateKeyJwt,
        // The vendor's own libraries tell about themselves in further fields.
        AcceptsOthers = true,
    };

    public Response Token(Incoming request)
    {
        if (!string.Equals(request.Part(0), state.Entra.TenantId, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(
                400, "invalid_request", 90002, $"Tenant '{request.Part(0)}' not found. Check to make sure you have the correct tenant ID.");
        }

        if (!FormRequest.TryRead(request, out var form, out var unreadable))
        {
            return Refuse(unreadable.Status, unreadable.Error, 900144, unreadable.Description);
        }

        if (form.CheckGrant(Rules.GrantType!) is { } grant)
        {
            return Refuse(400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type: {grant.Description}.");
        }

        if (form.CheckFields(Rules) is { } field)
        {
            return Refuse(400, "invalid_request", 900144, $"The request body must contain what it needs, once: {field.Description}.");
        }

        if (state.Entra.Clients.FirstOrDefault(c => c.ClientId == form["client_id"]) is not { } client)
        {
            return Refuse(
                400, "unauthorized_client", 700016, $"Application with identifier '{form["client_id"]}' was not found in the directory.");
        }

        return Authenticate(form, client)
            ?? (form["scope"] == Scope
                ? EntraResponse.Token(state.EntraTokens.Issue(client), state.EntraTokens.Lifetime)
                : Refuse(
                    400, "invalid_scope", 70011, $"The provided value for scope {form["scope"]} is not valid; the sandbox knows {Scope}."));
    }

    private Response? Authenticate(FormRequest form, SandboxEntraClient client) => (form["client_secret"], form["client_assertion"]) switch
    {
        (null, null) => Refuse(401, "invalid_client", 7000218, "The request body must contain 'client_assertion' or 'client_secret'."),
        ({ } secret, null) when secret == client.ClientSecret => null,
        (not null, null) =>
            Refuse(401, "invalid_client", 7000215, $"Invalid client secret provided for a secret added to app '{client.ClientId}'."),
        (null, _) when form["client_assertion_type"] != ClientAssertions.Type =>
            Refuse(400, "invalid_request", 900144, $"client_assertion_type must be {ClientAssertions.Type}."),
        (null, { } assertion) => Judge(assertion, client),
        _ => Refuse(400, "invalid_request", 900144, "More than one way of client authentication in one request."),
    };

    private Response? Judge(string text, SandboxEntraClient client) => Read(text, out var problem) switch
    {
        null when problem == FederatedProblem.NotForNow =>
            Refuse(401, "invalid_client", 700024, "Client assertion is not within its valid time range."),
        null => Refuse(401, "invalid_client", 50027, "JWT token is invalid or malformed."),
        var assertion when !assertion.Audiences.Contains(AssertionAudience) =>
            Refuse(401, "invalid_client", 700212, $"{NoRecord} audience '{string.Join(' ', assertion.Audiences)}'."),
        var assertion when client.AcceptsAssertion?.Invoke(assertion) == true => null,
        var assertion => Refuse(401, "invalid_client", 700213, $"{NoRecord} subject '{assertion.Subject}'."),
    };

    private SandboxAssertion? Read(string text, out FederatedProblem problem) =>
        FederatedAssertions.Read(text, state.Clock.GetUtcNow(), out problem);

    private Response Refuse(int status, string error, int number, string message) =>
        EntraResponse.Error(status, error, number, message, state.Clock.GetUtcNow());
}

/// <summary>The directory's words for a refusal, which begin with a number that people search for.</summary>
internal static class EntraResponse
{
    public static Response Error(int status, string error, int number, string message, DateTimeOffset now)
    {
        var trace = Guid.NewGuid().ToString();
        var correlation = Guid.NewGuid().ToString();
        var time = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        // No WWW-Authenticate on a 401: the directory sends none.
        return Response.Json(status, new
        {
            error,
            error_description = $"AADSTS{number}: {message} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            error_codes = new[] { number },
            timestamp = time,
            trace_id = trace,
            correlation_id = correlation,
        }).With("Cache-Control", "no-store, no-cache");
    }

    public static Response Token(string token, int seconds) => OAuthResponse.Token(new
    {
        token_type = "Bearer",
        expires_in = seconds,
        ext_expires_in = seconds,
        access_token = token,
    });
}

/// <summary>The tokens for the vault that are out, and whose they are.</summary>
internal sealed class EntraTokens(SandboxEntra entra, TimeProvider clock)
{
    /// <summary>The one audience that tokens are issued for.</summary>
    public const string Resource = "https://vault.azure.net";

    private readonly ConcurrentDictionary<string, (SandboxEntraClient Client, DateTimeOffset ExpiresAt)> _tokens =
        new(StringComparer.Ordinal);

    /// <summary>Seconds.</summary>
    public int Lifetime => entra.TokenLifetime;

    public string Issue(SandboxEntraClient client)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(96));
        _tokens[token] = (client, clock.GetUtcNow().AddSeconds(Lifetime));
        return token;
    }

    /// <summary>Null for a token that was never issued.</summary>
    public SandboxEntraClient? Find(string token, out bool expired)
    {
        var found = _tokens.TryGetValue(token, out var issued);
        expired = found && clock.GetUtcNow() >= issued.ExpiresAt;
        return found ? issued.Client : null;
    }
}

/// <summary>What the vault, its directory and the metadata service share.</summary>
internal sealed class VaultState(SandboxState shared)
{
    public TimeProvider Clock => shared.Clock;

    public SandboxEntra Entra => shared.Options.Of<SandboxEntra>();

    public EntraTokens EntraTokens { get; } = new(shared.Options.Of<SandboxEntra>(), shared.Clock);

    public SandboxSecretStore Store => shared.Secrets.KeyVault;
}
