namespace Ccaas.Sandbox;

/// <summary>The person that a service account is, at vendors where every account is one.</summary>
internal static class SandboxUser
{
    public const string Id = "5a4db0c5-0000-4000-8000-0000000000e5";
    public const string GivenName = "Sandbox";
    public const string FamilyName = "Service";
    public const string Name = $"{GivenName} {FamilyName}";
    public const string Email = "service@sandbox.invalid";
}
