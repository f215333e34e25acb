using System.Runtime.CompilerServices;

namespace Ccaas.Action.Tests.Providers;

/// <summary>The vendor's regions, from a list of their own: genesys-regions.csv beside this file.</summary>
public sealed class GenesysRegionTests
{
    public static TheoryData<string, string> Known
    {
        get
        {
            var regions = new TheoryData<string, string>();
            foreach (var line in File.ReadLines(Path.Combine(Folder(), "genesys-regions.csv")).Skip(1))
            {
                regions.Add(line.Split(',')[0], line.Split(',')[1]);
            }

            return regions;
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Region_is_found_by_name_and_by_domain_in_any_case(string name, string domain)
    {
        foreach (var text in new[] { name, domain, name.ToUpperInvariant(), domain.ToUpperInvariant(),
            $"{char.ToUpperInvariant(domain[0])}{domain[1..]}" })
        {
            var region = GenesysRegion.Find(text);

            Assert.Equal(new GenesysRegion(name, domain), region);
            Assert.Equal($"https://login.{domain}/oauth/token", region!.TokenEndpoint.ToString());
            Assert.Equal($"https://api.{domain}", region.Api.GetLeftPart(UriPartial.Authority));
        }
    }

    [Fact]
    public void No_other_region_is_known()
    {
        var regions = Known.Select(row => new GenesysRegion((string)row[0], (string)row[1])).ToList();

        Assert.Equal(18, regions.Count);
        Assert.Equal(regions.OrderBy(region => region.Name, StringComparer.Ordinal),
            GenesysRegion.All.OrderBy(region => region.Name, StringComparer.Ordinal));
        Assert.Equal(new GenesysRegion("us-east-1", "mypurecloud.com"), GenesysRegion.Default);
    }

    [Theory]
    [InlineData("new1.pure.cloud")]
    [InlineData("x-1.pure.cloud")]
    [InlineData("xn--bcher-kva.pure.cloud")]
    [InlineData("new1.us-gov-pure.cloud")]
    [InlineData("new1.eusc-pure.cloud")]
    public void Domain_below_the_vendors_own_is_taken_as_it_is(string domain)
    {
        foreach (var text in new[] { domain, domain.ToUpperInvariant() })
        {
            var region = GenesysRegion.Find(text);

            Assert.Equal(new GenesysRegion(domain, domain), region);
            Assert.Equal($"https://login.{domain}/oauth/token", region!.TokenEndpoint.AbsoluteUri);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nowhere")]
    [InlineData("us-east-9")]
    [InlineData("eu_west_1")]
    [InlineData("https://mypurecloud.ie")]
    [InlineData("https://login.mypurecloud.ie/oauth/token")]
    [InlineData("mypurecloud.ie/")]
    [InlineData("mypurecloud.ie/oauth")]
    [InlineData("mypurecloud.ie:443")]
    [InlineData("user@mypurecloud.ie")]
    [InlineData("login.mypurecloud.ie")]
    [InlineData("LOGIN.mypurecloud.ie")]
    [InlineData("api.mypurecloud.ie")]
    [InlineData("api.x.y")]
    [InlineData("api.pure.cloud")]
    [InlineData("pure.cloud")]
    [InlineData("mypurecloud.example")]
    [InlineData("a.b")]
    [InlineData("evil-pure.cloud")]
    [InlineData("usw2.evil-pure.cloud")]
    [InlineData("usw2xpure.cloud")]
    [InlineData("x-1.y2.pure.cloud")]
    [InlineData("new1.pure.cloud.")]
    [InlineData("new1.pure.cloud.example")]
    [InlineData("new1.mypurecloud.com")]
    [InlineData("\u4F8B.pure.cloud")]
    [InlineData("new1\u3002pure.cloud")]
    [InlineData("apps.mypurecloud.ie")]
    [InlineData("10.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("mypurecloud. ie")]
    [InlineData("mypurecloud.ie mypurecloud.de")]
    [InlineData(".mypurecloud.ie")]
    [InlineData("mypurecloud.ie.")]
    [InlineData("mypurecloud..ie")]
    [InlineData("-mypurecloud.ie")]
    [InlineData("mypurecloud-.ie")]
    [InlineData("mypüre.cloud")]
    [InlineData("mypurecloud.ie\n")]
    [InlineData("mypurecloud.ie#")]
    [InlineData("mypurecloud.ie?x=.y")]
    public void Text_that_is_no_region_is_refused(string text) => Assert.Null(GenesysRegion.Find(text));

    [Fact]
    public void Labels_and_domains_have_their_longest_length()
    {
        var label = new string('a', 63);

        Assert.NotNull(GenesysRegion.Find($"{label}.pure.cloud"));
        Assert.Null(GenesysRegion.Find($"{label}a.pure.cloud"));
    }

    [Fact]
    public void Nothing_hostile_becomes_part_of_an_address() => Property.HoldsForAnyText(text =>
    {
        foreach (var candidate in new[] { text, $"x.{text}", $"{text}.pure.cloud" })
        {
            if (GenesysRegion.Find(candidate) is { } region)
            {
                Assert.Equal($"login.{region.Domain}", region.TokenEndpoint.IdnHost);
                Assert.Equal("/oauth/token", region.TokenEndpoint.PathAndQuery);
            }
        }
    });

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
