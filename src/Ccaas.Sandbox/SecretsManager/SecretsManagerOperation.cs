using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>One thing that the service does, and what it takes.</summary>
internal sealed record SecretsManagerOperation(string Name, SandboxSecretAccess Needs, Func<SecretsManagerInput, Response> Handle);
