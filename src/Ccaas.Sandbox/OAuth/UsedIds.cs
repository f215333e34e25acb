namespace Ccaas.Sandbox.OAuth;

/// <summary>Ids that count once, remembered for as long as they could be used again.</summary>
internal sealed class UsedIds(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, string Id), DateTimeOffset> _used = [];

    /// <summary>False if it was used before.</summary>
    public bool TryUse(string owner, string id, DateTimeOffset until)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            foreach (var late in _used.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
            {
                _used.Remove(late);
            }

            return _used.TryAdd((owner, id), until);
        }
    }
}
