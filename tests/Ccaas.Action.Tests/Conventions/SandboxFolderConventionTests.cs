using Ccaas.Sandbox;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>In the sandbox a vendor is known in its own folder, and to the list that registers it.</summary>
public sealed class SandboxFolderConventionTests
{
    private static readonly string[] Vendors =
        ["AuthorizationServer", "Genesys", "KeyVault", "NiceCxone", "Salesforce", "SecretsManager", "Talkdesk", "Zoom"];

    private static readonly TypeReferences[] ToVendors =
        [.. TypeReferences.Of(typeof(SandboxServer).Assembly, "Ccaas.Sandbox.").Where(reference => Vendors.Contains(reference.To))];

    [Fact]
    public void Vendor_refers_to_no_other_vendor() =>
        Assert.Empty(ToVendors.Where(reference => Vendors.Contains(reference.From)).Distinct());

    /// <summary>Options and faults are the rest of what is to leave the core; the list may only get shorter.</summary>
    [Fact]
    public void Core_refers_to_vendors_in_these_places_only() => Assert.Equal(
        ["Fault", "SandboxOptions", "Vendors"],
        ToVendors.Where(reference => !Vendors.Contains(reference.From)).Select(reference => reference.FromType.Split('.')[^1].Split('+')[0]).Distinct().Order(StringComparer.Ordinal));
}
