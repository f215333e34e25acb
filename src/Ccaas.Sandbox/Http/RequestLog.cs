namespace Ccaas.Sandbox.Http;

/// <summary>Every request in order of arrival, recorded before the first byte of its response is sent.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private List<Entry> _entries = [];

    public IReadOnlyList<SandboxRequest> Snapshot()
    {
        lock (_lock)
        {
            return _entries.ConvertAll(e => e.Request);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries = [];
        }
    }

    public Entry Add(SandboxRequest request)
    {
        var entry = new Entry(this, request);
        lock (_lock)
        {
            _entries.Add(entry);
        }

        return entry;
    }

    internal sealed class Entry(RequestLog log, SandboxRequest request)
    {
        public SandboxRequest Request { get; private set; } = request;

        public void Responded(int status)
        {
            lock (log._lock)
            {
                Request = Request with { Status = status };
            }
        }
    }
}
