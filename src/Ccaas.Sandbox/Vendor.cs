using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox;

/// <summary>A vendor that the sandbox plays.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="TokenPath">Where it issues tokens, before anything else that it may know; null: it is no contact center.</param>
/// <param name="Endpoints">Everything that it answers.</param>
internal sealed record Vendor(string Name, string? TokenPath, Func<SandboxState, IEnumerable<Endpoint>> Endpoints);
