namespace Ccaas.EndToEnd.Tests;

/// <summary>A test with another implementation of JOSE, which needs Node and that implementation's package.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JoseFactAttribute : FactAttribute
{
    public JoseFactAttribute() => Skip = JosePeer.Need();
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JoseTheoryAttribute : TheoryAttribute
{
    public JoseTheoryAttribute() => Skip = JosePeer.Need();
}
