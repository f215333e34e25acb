using System.Net;
using System.Text.RegularExpressions;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Http;

/// <summary>
/// The proxy for https alone: the one that is given, or else that of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY, in
/// either case). Plain http goes to loopback and nowhere else; through a proxy, the credentials in it would lie open.
/// </summary>
internal sealed class TlsOnlyProxy(NetworkSettings network) : IWebProxy
{
    private readonly List<Regex> _bypass = [.. (network.Proxy?.Bypass ?? []).Select(Expression)];
    private readonly NoProxyList _noProxy = new(network.NoProxy);

    public ICredentials? Credentials
    {
        get => network.Proxy is not { } proxy ? HttpClient.DefaultProxy.Credentials
            : proxy.Password is { } password ? new NetworkCredential(proxy.User, password.Reveal())
            : null;
        set => throw new NotSupportedException("Credentials come with the proxy.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : network.Proxy?.Address ?? HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps ||
        (network.Proxy is null ? _noProxy.Covers(host) || HttpClient.DefaultProxy.IsBypassed(host) : IsListed(host));

    /// <returns>The host and port of the proxy on the way to the address, without the user and password it may hold; null: none.</returns>
    public string? On(Uri address) => GetProxy(address)?.Authority;

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    // The option stands in the expression, because the constructor that takes options brings another engine into a native build.
    public static Regex Expression(string text) => new($"(?i:{text})");

    // Matched as the Azure Pipelines agent does it: against scheme and host, with a port that is not the usual one.
    private bool IsListed(Uri host)
    {
        var address = $"{host.Scheme}://{host.Host}{(host.IsDefaultPort ? "" : $":{host.Port}")}";
        return _bypass.Exists(expression => expression.IsMatch(address));
    }
}
