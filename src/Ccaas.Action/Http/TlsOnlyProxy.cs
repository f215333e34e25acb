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

/// <summary>What is set for everything that runs in this place.</summary>
/// <param name="Proxy">The way out; null: what the environment's HTTPS_PROXY and <paramref name="NoProxy"/> say.</param>
/// <param name="NoProxy">The hosts that the environment's proxy is not for.</param>
internal sealed record NetworkSettings(ProxySettings? Proxy, string NoProxy)
{
    public static NetworkSettings Default { get; } = new(null, "");

    // The lower case goes first, and an empty variable counts as none, as with curl.
    public static NetworkSettings Of(ProcessEnvironment environment, ProxySettings? proxy) =>
        new(proxy, environment.Variable("no_proxy") is { Length: > 0 } list ? list : environment.Variable("NO_PROXY") ?? "");
}

/// <param name="Address">The proxy, without user and password.</param>
/// <param name="User">Empty: none is asked for.</param>
/// <param name="Password">The user's password; null: none.</param>
/// <param name="Bypass">Regular expressions; an address that one of them matches is reached directly.</param>
internal sealed record ProxySettings(Uri Address, string User, Secret? Password, IReadOnlyList<string> Bypass);
