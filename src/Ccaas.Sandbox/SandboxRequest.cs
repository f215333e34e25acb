using System.Globalization;

namespace Ccaas.Sandbox;

/// <summary>One request as it was received, and its outcome.</summary>
public sealed record SandboxRequest
{
    public required string Method { get; init; }

    /// <summary>The target as sent, not decoded, up to the question mark.</summary>
    public required string Path { get; init; }

    /// <summary>What follows the question mark; empty if there was none.</summary>
    public required string Query { get; init; }

    /// <summary>Every header, its values joined by a comma. Names compare without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as UTF-8 text.</summary>
    public required string Body { get; init; }

    /// <summary>True if it came over TLS.</summary>
    public required bool IsHttps { get; init; }

    /// <summary>The subject of the client's certificate, whoever signed it; null if it sent none.</summary>
    public string? ClientCertificateSubject { get; init; }

    /// <summary>False if the sandbox has no such path, or not with this method.</summary>
    public required bool Known { get; init; }

    /// <summary>Name of the fault; null if there was none.</summary>
    public string? Fault { get; init; }

    /// <summary>The status that was sent; null if nothing was, or not yet.</summary>
    public int? Status { get; init; }

    /// <summary>The fault's name, or else the status.</summary>
    public string Outcome => Fault ?? Status?.ToString(CultureInfo.InvariantCulture) ?? "no response";

    /// <summary>A header's value, or null if it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    // Without headers and body: they hold credentials.
    public override string ToString() => $"{Method} {Path} -> {Outcome}";
}
