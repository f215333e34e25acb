namespace Ccaas.EndToEnd.Tests.Stores;

/// <summary>A test of every store that the program has, with the native executable, and AWS's own client where one is needed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreTheoryAttribute : TheoryAttribute
{
    public StoreTheoryAttribute() => Skip = Needs.Native() ?? SecretsManagerClient.Need();
}
