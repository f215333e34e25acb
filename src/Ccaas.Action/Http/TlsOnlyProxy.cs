using System.Net;

namespace Ccaas.Action.Http;

/// <summary>
/// The proxy of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY, in either case) for https alone. Plain http goes to
/// loopback and nowhere else; through a proxy, the credentials in it would lie open.
/// </summary>
internal sealed class TlsOnlyProxy : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException("Credentials come with the proxy's address.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || HttpClient.DefaultProxy.IsBypassed(host);

    /// <returns>The host and port of the proxy on the way to the address, without the user and password it may hold; null: none.</returns>
    public static string? On(Uri address) => new TlsOnlyProxy().GetProxy(address)?.Authority;
}
