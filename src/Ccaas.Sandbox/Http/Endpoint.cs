namespace Ccaas.Sandbox.Http;

/// <summary>
/// One thing that a vendor's host does: an exact method and path, and what answers it. A part of the path in braces stands
/// for any part that is not empty.
/// </summary>
internal sealed record Endpoint(string Method, string Path, Func<Incoming, Response> Handle)
{
    private readonly string[] _parts = Path.Split('/');

    /// <summary>How many parts of the path are left open.</summary>
    public int OpenParts => _parts.Count(IsOpen);

    public bool Matches(string path)
    {
        var parts = path.Split('/');
        return parts.Length == _parts.Length
            && _parts.Zip(parts).All(pair => IsOpen(pair.First) ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    private static bool IsOpen(string part) => part is ['{', .., '}'];
}
