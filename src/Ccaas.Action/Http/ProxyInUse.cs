namespace Ccaas.Action.Http;

/// <summary>Tells whether a request goes through a proxy: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case.</summary>
internal static class ProxyInUse
{
    /// <returns>The proxy's host and port, without the user and password that its address may hold; null: none.</returns>
    public static string? For(Uri address)
    {
        var proxy = HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);
        return proxy is null || proxy == address ? null : proxy.Authority;
    }
}
