namespace Ccaas.Sandbox.Http;

/// <summary>One thing that a vendor's host does: an exact method and path, and what answers it.</summary>
internal sealed record Endpoint(string Method, string Path, Func<Incoming, Answer> Handle);
