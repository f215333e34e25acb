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

    [Fact]
    public void Only_the_list_of_vendors_refers_to_them() => Assert.Equal(
        ["Vendors"],
        ToVendors.Where(reference => !Vendors.Contains(reference.From)).Select(reference => reference.FromType.Split('.')[^1].Split('+')[0])
            .Distinct());
}
