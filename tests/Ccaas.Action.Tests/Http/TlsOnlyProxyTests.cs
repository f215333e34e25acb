using System.Net;

namespace Ccaas.Action.Tests.Http;

/// <summary>Which addresses go through a proxy that an administrator has set.</summary>
public sealed class TlsOnlyProxyTests
{
    [Theory]
    [InlineData("https://login.example.test/oauth/token", true)]
    [InlineData("https://internal.example.test/token", false)]
    [InlineData("https://INTERNAL.example.test/token", false)]
    [InlineData("https://other.example.test:8443/token", false)]
    [InlineData("https://other.example.test/token", true)]
    [InlineData("http://127.0.0.1:8080/token", false)]
    public void Address_is_reached_through_it_unless_the_list_says_otherwise(string address, bool isThrough)
    {
        var proxy = Proxy(null, @"^https://internal\.", @":8443$");

        Assert.Equal(isThrough ? "proxy.example.test:3128" : null, proxy.On(new Uri(address)));
        Assert.Equal(!isThrough, proxy.IsBypassed(new Uri(address)));
    }

    [Fact]
    public void Password_is_given_to_the_proxy()
    {
        var credentials = Assert.IsType<NetworkCredential>(Proxy(new Secret("pa:ss word")).Credentials);

        Assert.Equal(("builder", "pa:ss word"), (credentials.UserName, credentials.Password));
        Assert.Null(Proxy(null).Credentials);
    }

    private static TlsOnlyProxy Proxy(Secret? password, params string[] bypass) =>
        new(new NetworkSettings(new ProxySettings(new Uri("http://proxy.example.test:3128"), "builder", password, bypass), NoProxy: ""));
}
