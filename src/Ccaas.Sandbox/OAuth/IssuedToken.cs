namespace Ccaas.Sandbox.OAuth;

/// <summary>A token that is out: whose it is, and until when.</summary>
internal sealed record IssuedToken(SandboxClient Client, DateTimeOffset ExpiresAt, bool Expired);
