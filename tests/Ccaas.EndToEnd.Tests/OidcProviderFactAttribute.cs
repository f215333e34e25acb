namespace Ccaas.EndToEnd.Tests;

/// <summary>A test against a certified authorization server, which needs Node and that server's packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OidcProviderFactAttribute : FactAttribute
{
    public OidcProviderFactAttribute() => Skip = OidcProvider.Need();
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OidcProviderTheoryAttribute : TheoryAttribute
{
    public OidcProviderTheoryAttribute() => Skip = OidcProvider.Need();
}
