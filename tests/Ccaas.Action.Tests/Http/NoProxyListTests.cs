using Ccaas.Testing;

namespace Ccaas.Action.Tests.Http;

/// <summary>NO_PROXY, case by case as curl decides: the end-to-end tests hold the same table against the real one.</summary>
public sealed class NoProxyListTests
{
    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (var (list, host, isDirect) in NoProxyCase.Table)
            {
                cases.Add(list, host, isDirect);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Host_is_reached_directly_where_curl_would(string list, string host, bool isDirect)
    {
        var address = new Uri($"https://{host}/oauth/token");

        Assert.Equal(isDirect, new NoProxyList(list).Covers(address));
        if (isDirect)
        {
            Assert.True(new TlsOnlyProxy(new NetworkSettings(null, list)).IsBypassed(address));
        }
    }

    /// <summary>The agent's own list is another: of regular expressions, and the only one where the agent has a proxy.</summary>
    [Fact]
    public void List_of_the_environment_does_not_count_beside_the_agents_proxy()
    {
        var proxy = new TlsOnlyProxy(new NetworkSettings(new ProxySettings(new Uri("http://proxy.example.test:3128"), "", null, []), "*"));

        Assert.False(proxy.IsBypassed(new Uri("https://login.example.test/")));
    }

    [Theory]
    [InlineData("lower.example", "upper.example", "lower.example")]
    [InlineData("", "upper.example", "upper.example")]
    [InlineData(null, "upper.example", "upper.example")]
    [InlineData("lower.example", null, "lower.example")]
    [InlineData(null, null, "")]
    public void Lower_case_goes_first(string? lower, string? upper, string list)
    {
        var variables = new Dictionary<string, string>();
        if (lower is not null)
        {
            variables["no_proxy"] = lower;
        }

        if (upper is not null)
        {
            variables["NO_PROXY"] = upper;
        }

        Assert.Equal(list, NetworkSettings.Of(new(variables, TextReader.Null, TextWriter.Null, TextWriter.Null), proxy: null).NoProxy);
    }
}
