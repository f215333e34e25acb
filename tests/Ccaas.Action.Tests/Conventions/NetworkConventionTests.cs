using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>docs/network.md names every host that the program can contact by itself: people allow these hosts in their firewalls.</summary>
public sealed partial class NetworkConventionTests
{
    private static readonly string[] Folders = ["src/Ccaas.Action/Providers/", "src/Ccaas.Action/SecretStores/"];

    /// <summary>The audience of a token, a range of addresses, and a version.</summary>
    private static readonly string[] NoHosts = ["sts.amazonaws.com", "169.254.0.0", "7.4"];

    public static TheoryData<string> Hosts => [.. All.Distinct()];

    private static IEnumerable<string> All =>
        from folder in Folders
        from file in Repository.Sources(folder.TrimEnd('/'))
        where !file.EndsWith("GenesysRegion.cs", StringComparison.Ordinal)
        from line in Repository.Read(file).Split('\n')
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from Match host in Host().Matches(line)
        select host.Groups[1].Value;

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Host_of_the_sources_is_documented(string host) =>
        Assert.True(NoHosts.Contains(host) || Repository.Read("docs/network.md").Contains(host, StringComparison.Ordinal), host);

    [Fact]
    public void Regions_of_Genesys_Cloud_are_documented_on_its_page() => Assert.All(
        GenesysRegion.All, region =>
            Assert.Contains(region.Domain, Repository.Read("docs/providers/genesys-cloud.md"), StringComparison.Ordinal));

    [Theory]
    [InlineData("zoom.us")]
    [InlineData("talkdeskidca.com")]
    [InlineData("my.salesforce.com")]
    [InlineData("amazonaws.eu")]
    [InlineData("169.254.170.2")]
    public void Host_is_found(string host) => Assert.Contains(host, All);

    // An address, without the placeholders at its start, or a text that is nothing but a host.
    [GeneratedRegex("""(?:"|https?://(?:\{[^}]*\}\.)?)((?:[a-z0-9-]+\.)+(?:com|us|net|eu|ca|au|cn|de|cloud|\d+))(?=["/])""")]
    private static partial Regex Host();
}
