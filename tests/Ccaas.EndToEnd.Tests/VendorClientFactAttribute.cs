namespace Ccaas.EndToEnd.Tests;

/// <summary>A test with the vendors' own clients, which needs Node and their packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VendorClientFactAttribute : FactAttribute
{
    public VendorClientFactAttribute() => Skip = VendorClient.Need();
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VendorClientTheoryAttribute : TheoryAttribute
{
    public VendorClientTheoryAttribute() => Skip = VendorClient.Need();
}
