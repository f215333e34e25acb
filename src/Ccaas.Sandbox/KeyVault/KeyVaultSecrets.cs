using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>Secrets that are there: https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups</summary>
internal sealed class KeyVaultSecrets(VaultState state, KeyVaultRequests requests)
{
    private readonly SandboxSecretStore _store = state.Store;

    public Answer Set(Incoming request) => requests.Answer(request, "set", SandboxSecretAccess.Write, name =>
    {
        if (KeyVaultBody.Read(request, out var problem) is not { } body)
        {
            return KeyVaultAnswer.BadParameter(problem);
        }

        return body.Value is null
            ? KeyVaultAnswer.BadParameter("The parameter value is missing.")
            : _store.Change(name, secret => secret is { DeletedAt: not null }
                ? (secret, Conflict(secret))
                : Write(request.Origin, secret ?? new SandboxSecret { Name = name, CreatedAt = state.Clock.GetUtcNow() }, body));
    });

    public Answer Get(Incoming request) => OfVersion(request, "get", SandboxSecretAccess.Read, (secret, version) => version.Enabled
        ? (secret, KeyVaultAnswer.Ok(KeyVaultBundle.WithValue(request.Origin, secret, version)))
        : (secret, KeyVaultAnswer.Error(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled")));

    public Answer Update(Incoming request) => OfVersion(request, "set", SandboxSecretAccess.Write, (secret, version) =>
    {
        if (KeyVaultBody.Read(request, out var problem) is not { } body)
        {
            return (secret, KeyVaultAnswer.BadParameter(problem));
        }

        var next = Describe(version with { UpdatedAt = state.Clock.GetUtcNow() }, body);
        secret = secret with { Versions = [.. secret.Versions.Select(v => v.Id == version.Id ? next : v)] };
        return (secret, KeyVaultAnswer.Ok(KeyVaultBundle.WithoutValue(request.Origin, secret, next)));
    });

    // All on one page: nobody writes so many versions to a sandbox.
    public Answer Versions(Incoming request) => requests.Answer(request, "list", SandboxSecretAccess.Read, name =>
        _store.Find(name) is { DeletedAt: null } secret
            ? KeyVaultAnswer.Ok(new JsonObject
            {
                ["value"] = new JsonArray([.. secret.Versions.Select(v => KeyVaultBundle.WithoutValue(request.Origin, secret, v))]),
                ["nextLink"] = null,
            })
            : KeyVaultAnswer.NotFound(name));

    public Answer Delete(Incoming request) => requests.Answer(request, "delete", SandboxSecretAccess.Delete, name =>
        _store.Change(name, secret => secret switch
        {
            null => (secret, KeyVaultAnswer.NotFound(name)),
            { DeletedAt: not null } => (secret, Conflict(secret)),
            _ => Delete(request.Origin, secret),
        }));

    // exp and nbf are not looked at: https://learn.microsoft.com/azure/key-vault/secrets/about-secrets#date-time-controlled-operations
    private Answer OfVersion(
        Incoming request,
        string permission,
        SandboxSecretAccess needed,
        Func<SandboxSecret, SandboxSecretVersion, (SandboxSecret?, Answer)> answer) => requests.Answer(request, permission, needed, name =>
    {
        // The last part is missing, or empty, where the newest version is meant.
        var id = request.Path.Split('/').Length > 3 ? request.Part(2) : "";
        return _store.Change(name, secret => secret switch
        {
            not { DeletedAt: null } => (secret, KeyVaultAnswer.NotFound(name)),
            _ when id.Length == 0 => answer(secret, secret.Current!),
            _ when secret.Versions.FirstOrDefault(v => v.Id == id) is { } version => answer(secret, version),
            _ => (secret, KeyVaultAnswer.NotFound($"{name}/{id}")),
        });
    });

    private (SandboxSecret?, Answer) Delete(string origin, SandboxSecret secret)
    {
        var now = state.Clock.GetUtcNow();
        var next = secret with { DeletedAt = now, PurgedAt = now.AddDays(KeyVaultBundle.RecoverableDays) };
        return (next, KeyVaultAnswer.Ok(KeyVaultBundle.Deleted(origin, next)));
    }

    private (SandboxSecret?, Answer) Write(string origin, SandboxSecret secret, KeyVaultBody body)
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
        return (next, KeyVaultAnswer.Ok(KeyVaultBundle.WithValue(origin, next, version)));
    }

    private static SandboxSecretVersion Describe(SandboxSecretVersion version, KeyVaultBody body)
    {
        var next = version with { ContentType = body.ContentType ?? version.ContentType, Tags = body.Tags ?? version.Tags };
        return body.Attributes?.ApplyTo(next) ?? next;
    }

    private static Answer Conflict(SandboxSecret secret) => KeyVaultAnswer.Error(
        409,
        "Conflict",
        $"Secret {secret.Name} is currently in a deleted but recoverable state, and its name cannot be reused; "
        + "in this state, the secret can only be recovered or purged.",
        "ObjectIsDeletedButRecoverable");
}
