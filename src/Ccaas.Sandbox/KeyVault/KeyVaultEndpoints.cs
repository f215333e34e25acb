using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>Azure Key Vault, the directory that it trusts, and a machine's metadata service. A vault is a host, so no prefix.</summary>
internal static class KeyVaultEndpoints
{
    public static IEnumerable<Endpoint> Create(SandboxState shared)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shared.Options.Of<SandboxEntra>().TokenLifetime);
        var state = new VaultState(shared);
        var requests = new KeyVaultRequests(state);
        var secrets = new KeyVaultSecrets(state, requests);
        var deleted = new KeyVaultDeletedSecrets(state, requests);
        return
        [
            new Endpoint("POST", "/{tenant}/oauth2/v2.0/token", new EntraLogin(state).Token),
            new Endpoint("GET", "/metadata/identity/oauth2/token", new ManagedIdentity(state).Token),
            new Endpoint("PUT", "/secrets/{name}", secrets.Set),
            new Endpoint("GET", "/secrets/{name}", secrets.Get),
            // The vendor's client for .NET writes the slash before a version that it does not name.
            new Endpoint("GET", "/secrets/{name}/", secrets.Get),
            new Endpoint("DELETE", "/secrets/{name}", secrets.Delete),
            new Endpoint("GET", "/secrets/{name}/versions", secrets.Versions),
            new Endpoint("GET", "/secrets/{name}/{version}", secrets.Get),
            new Endpoint("PATCH", "/secrets/{name}/{version}", secrets.Update),
            new Endpoint("GET", "/deletedsecrets/{name}", deleted.Get),
            new Endpoint("DELETE", "/deletedsecrets/{name}", deleted.Purge),
            new Endpoint("POST", "/deletedsecrets/{name}/recover", deleted.Recover),
        ];
    }
}

/// <summary>Secrets that are there: https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups</summary>
internal sealed class KeyVaultSecrets(VaultState state, KeyVaultRequests requests)
{
    private readonly SandboxSecretStore _store = state.Store;

    public Response Set(Incoming request) => requests.Respond(request, "set", SandboxSecretAccess.Write, name =>
    {
        if (KeyVaultBody.Read(request, out var problem) is not { } body)
        {
            return KeyVaultResponse.BadParameter(problem);
        }

        return body.Value is null
            ? KeyVaultResponse.BadParameter("The parameter value is missing.")
            : _store.Change(name, secret => secret is { DeletedAt: not null }
                ? (secret, Conflict(secret))
                : Write(request.Origin, secret ?? new SandboxSecret { Name = name, CreatedAt = state.Clock.GetUtcNow() }, body));
    });

    public Response Get(Incoming request) => OfVersion(request, "get", SandboxSecretAccess.Read, (secret, version) => version.Enabled
        ? (secret, KeyVaultResponse.Ok(KeyVaultBundle.WithValue(request.Origin, secret, version)))
        : (secret, KeyVaultResponse.Error(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled")));

    public Response Update(Incoming request) => OfVersion(request, "set", SandboxSecretAccess.Write, (secret, version) =>
    {
        if (KeyVaultBody.Read(request, out var problem) is not { } body)
        {
            return (secret, KeyVaultResponse.BadParameter(problem));
        }

        var next = Describe(version with { UpdatedAt = state.Clock.GetUtcNow() }, body);
        secret = secret with { Versions = [.. secret.Versions.Select(v => v.Id == version.Id ? next : v)] };
        return (secret, KeyVaultResponse.Ok(KeyVaultBundle.WithoutValue(request.Origin, secret, next)));
    });

    // All on one page: a sandbox has few versions.
    public Response Versions(Incoming request) => requests.Respond(request, "list", SandboxSecretAccess.Read, name =>
        _store.Find(name) is { DeletedAt: null } secret
            ? KeyVaultResponse.Ok(new JsonObject
            {
                ["value"] = new JsonArray([.. secret.Versions.Select(v => KeyVaultBundle.WithoutValue(request.Origin, secret, v))]),
                ["nextLink"] = null,
            })
            : KeyVaultResponse.NotFound(name));

    public Response Delete(Incoming request) => requests.Respond(request, "delete", SandboxSecretAccess.Delete, name =>
        _store.Change(name, secret => secret switch
        {
            null => (secret, KeyVaultResponse.NotFound(name)),
            { DeletedAt: not null } => (secret, Conflict(secret)),
            _ => Delete(request.Origin, secret),
        }));

    // exp and nbf are not looked at: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets#date-time-controlled-operations
    private Response OfVersion(
        Incoming request,
        string permission,
        SandboxSecretAccess needed,
        Func<SandboxSecret, SandboxSecretVersion, (SandboxSecret?, Response)> response) =>
            requests.Respond(request, permission, needed, name =>
    {
        // The last part is missing, or empty, where the newest version is meant.
        var id = request.Path.Split('/').Length > 3 ? request.Part(2) : "";
        return _store.Change(name, secret => secret switch
        {
            not { DeletedAt: null } => (secret, KeyVaultResponse.NotFound(name)),
            _ when id.Length == 0 => response(secret, secret.Current!),
            _ when secret.Versions.FirstOrDefault(v => v.Id == id) is { } version => response(secret, version),
            _ => (secret, KeyVaultResponse.NotFound($"{name}/{id}")),
        });
    });

    private (SandboxSecret?, Response) Delete(string origin, SandboxSecret secret)
    {
        var now = state.Clock.GetUtcNow();
        var next = secret with { DeletedAt = now, PurgedAt = now.AddDays(KeyVaultBundle.RecoverableDays) };
        return (next, KeyVaultResponse.Ok(KeyVaultBundle.Deleted(origin, next)));
    }

    private (SandboxSecret?, Response) Write(string origin, SandboxSecret secret, KeyVaultBody body)
    {
        var now = state.Clock.GetUtcNow();
        var version = Describe(
            new SandboxSecretVersion
            {
                Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
                Value = body.Value!,
                CreatedAt = now,
                UpdatedAt = now,
            },
            body);
        var next = secret with { Versions = [.. secret.Versions, version] };
        return (next, KeyVaultResponse.Ok(KeyVaultBundle.WithValue(origin, next, version)));
    }

    private static SandboxSecretVersion Describe(SandboxSecretVersion version, KeyVaultBody body)
    {
        var next = version with { ContentType = body.ContentType ?? version.ContentType, Tags = body.Tags ?? version.Tags };
        return body.Attributes?.ApplyTo(next) ?? next;
    }

    private static Response Conflict(SandboxSecret secret) => KeyVaultResponse.Error(
        409,
        "Conflict",
        $"Secret {secret.Name} is currently in a deleted but recoverable state, and its name cannot be reused; "
        + "in this state, the secret can only be recovered or purged.",
        "ObjectIsDeletedButRecoverable");
}

/// <summary>Deleted secrets that can be had back: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview</summary>
internal sealed class KeyVaultDeletedSecrets(VaultState state, KeyVaultRequests requests)
{
    public Response Get(Incoming request) => OfDeleted(request, "get", SandboxSecretAccess.Read, secret =>
        (secret, KeyVaultResponse.Ok(KeyVaultBundle.Deleted(request.Origin, secret))));

    public Response Recover(Incoming request) => OfDeleted(request, "recover", SandboxSecretAccess.Delete, secret =>
    {
        var next = secret with { DeletedAt = null, PurgedAt = null };
        return (next, KeyVaultResponse.Ok(KeyVaultBundle.WithoutValue(request.Origin, next, next.Current!)));
    });

    public Response Purge(Incoming request) => OfDeleted(request, "purge", SandboxSecretAccess.Delete, _ =>
        (null, KeyVaultResponse.NoContent()));

    private Response OfDeleted(
        Incoming request, string permission, SandboxSecretAccess needed, Func<SandboxSecret, (SandboxSecret?, Response)> response) =>
        requests.Respond(request, permission, needed, name => state.Store.Change(name, secret =>
            secret is { DeletedAt: not null } ? response(secret) : (secret, KeyVaultResponse.NotFound($"deletedsecrets/{name}"))));
}
