namespace Ccaas.EndToEnd.Tests;

/// <summary>A test against an authorization server on Node, which needs its packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuthorizationServerFactAttribute : FactAttribute
{
    public AuthorizationServerFactAttribute() => Skip = NodeServer.Need();
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuthorizationServerTheoryAttribute : TheoryAttribute
{
    public AuthorizationServerTheoryAttribute() => Skip = NodeServer.Need();
}
