namespace Ccaas.Sandbox;

/// <summary>What a store of secrets holds.</summary>
public sealed class SandboxSecretStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SandboxSecret> _secrets;
    private readonly TimeProvider _clock;

    internal SandboxSecretStore(TimeProvider clock, StringComparer names)
    {
        _clock = clock;
        _secrets = new Dictionary<string, SandboxSecret>(names);
    }

    /// <summary>Every secret, those included that are deleted and can be had back. A copy.</summary>
    public IReadOnlyList<SandboxSecret> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _secrets.Values.Where(IsThere)];
            }
        }
    }

    /// <summary>Null if there is none of this name, or no longer.</summary>
    public SandboxSecret? Find(string name) => Change(name, secret => (secret, secret));

    /// <summary>The current value; null if there is none, or the secret is deleted.</summary>
    public string? Value(string name) => Find(name) is { DeletedAt: null } secret ? secret.Current?.Value : null;

    /// <summary>Takes a secret, or null, for what it is to be, or null, and whatever is to be said about that.</summary>
    internal T Change<T>(string name, Func<SandboxSecret?, (SandboxSecret? Next, T Result)> change)
    {
        lock (_lock)
        {
            var (next, result) = change(_secrets.TryGetValue(name, out var secret) && IsThere(secret) ? secret : null);
            if (next is null)
            {
                _secrets.Remove(name);
            }
            else
            {
                _secrets[name] = next;
            }

            return result;
        }
    }

    private bool IsThere(SandboxSecret secret) => secret.PurgedAt is not { } end || _clock.GetUtcNow() < end;
}
