namespace Ccaas.Sandbox;

/// <summary>Faults in order. Each request takes the first one for its path.</summary>
public sealed class FaultSchedule
{
    private readonly Lock _lock = new();
    private readonly List<(string PathPrefix, Fault Fault)> _queue = [];

    /// <summary>How many faults wait for a request.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>For the next request, whatever its path.</summary>
    public void Enqueue(Fault fault) => Enqueue("/", fault);

    /// <summary>For the next request whose path begins like this.</summary>
    public void Enqueue(string pathPrefix, Fault fault)
    {
        ArgumentNullException.ThrowIfNull(pathPrefix);
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock)
        {
            _queue.Add((pathPrefix, fault));
        }
    }

    /// <summary>Removes every fault that no request has taken yet.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _queue.Clear();
        }
    }

    internal Fault? Take(string path)
    {
        lock (_lock)
        {
            var index = _queue.FindIndex(f => f.PathPrefix == "/" || path.StartsWith(f.PathPrefix, StringComparison.Ordinal));
            if (index < 0)
            {
                return null;
            }

            var fault = _queue[index].Fault;
            _queue.RemoveAt(index);
            return fault;
        }
    }
}
