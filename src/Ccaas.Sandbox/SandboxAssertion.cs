namespace Ccaas.Sandbox;

/// <summary>A token of somebody else's issuer that a workload authenticates with. It has not expired; no more is known.</summary>
/// <param name="Issuer">Its <c>iss</c>; empty if it has none.</param>
/// <param name="Subject">Its <c>sub</c>; empty if it has none.</param>
/// <param name="Audiences">Its <c>aud</c>.</param>
/// <param name="Text">All of it, for whoever wants to verify the signature, which the sandbox does not.</param>
public sealed record SandboxAssertion(string Issuer, string Subject, IReadOnlyList<string> Audiences, string Text)
{
    // The generated one would print the token.
    public override string ToString() => $"{Subject} of {Issuer}";
}
