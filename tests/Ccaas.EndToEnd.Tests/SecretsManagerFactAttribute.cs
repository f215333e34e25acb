namespace Ccaas.EndToEnd.Tests;

/// <summary>A test with AWS's own client, which needs Node and that client's packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SecretsManagerFactAttribute : FactAttribute
{
    public SecretsManagerFactAttribute() => Skip = SecretsManagerClient.Need();
}
