using System.Net;
using System.Text.RegularExpressions;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Http;

/// <summary>
/// The proxy for https alone: the one that is given, or else that of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY, in
/// either case). Plain http goes to loopback and nowhere else; through a proxy, the credentials in it would lie open.
/// </summary>
internal sealed class TlsOnlyProxy(ProxySettings? settings) : IWebProxy
{
    /// <summary>An administrator's expression may be a slow one; a host that none matches in time goes through the proxy.</summary>
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(100);

    public ICredentials? Credentials
    {
        get => settings is null ? HttpClient.DefaultProxy.Credentials
            : settings.Password is { } password ? new NetworkCredential(settings.User, password.Reveal())
            : null;
        set => throw new NotSupportedException("Credentials come with the proxy.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : settings?.Address ?? HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || (settings is null ? HttpClient.DefaultProxy.IsBypassed(host) : IsListed(host, settings));

    /// <returns>The host and port of the proxy on the way to the address, without the user and password it may hold; null: none.</returns>
    public string? On(Uri address) => GetProxy(address)?.Authority;

    // Matched as the Azure Pipelines agent does it: against scheme and host, with a port that is not the usual one.
    private static bool IsListed(Uri host, ProxySettings settings)
    {
        var address = $"{host.Scheme}://{host.Host}{(host.IsDefaultPort ? "" : $":{host.Port}")}";
        return settings.Bypass.Any(expression =>
        {
            try
            {
                return Regex.IsMatch(address, expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestMatch);
            }
            catch (RegexMatchTimeoutException)
            {
                return false;
            }
        });
    }
}
