namespace Ccaas.Action.Http;

/// <summary>
/// The proxy for https: the agent's, or that of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY, in upper or lower case). Plain
/// http is for loopback only; a proxy would see the credentials.
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

    public Uri? GetProxy(Uri destination) => IsBypassed(destination)
        ? null
        : network.Proxy?.Address ?? HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps ||
        (network.Proxy is null ? _noProxy.Covers(host) || HttpClient.DefaultProxy.IsBypassed(host) : IsListed(host));

    /// <returns>The proxy's host and port for the address, without user and password; null: no proxy.</returns>
    public string? On(Uri address) => GetProxy(address)?.Authority;

    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    // The option is in the expression, because the constructor with options links another regex engine into a native build.
    public static Regex Expression(string text) => new($"(?i:{text})");

    // As the Azure Pipelines agent does: matched against scheme and host, with the port unless it is the default.
    private bool IsListed(Uri host)
    {
        var address = $"{host.Scheme}://{host.Host}{(host.IsDefaultPort ? "" : $":{host.Port}")}";
        return _bypass.Exists(expression => expression.IsMatch(address));
    }
}

/// <summary>The network settings of the machine.</summary>
/// <param name="Proxy">The agent's proxy; null: the environment's HTTPS_PROXY and <paramref name="NoProxy"/>.</param>
/// <param name="NoProxy">The environment's NO_PROXY.</param>
internal sealed record NetworkSettings(ProxySettings? Proxy, string NoProxy)
{
    public static NetworkSettings Default { get; } = new(null, "");

    // As with curl: lower case first, and an empty variable counts as not set.
    public static NetworkSettings Of(ProcessEnvironment environment, ProxySettings? proxy) =>
        new(proxy, environment.Variable("no_proxy") is { Length: > 0 } list ? list : environment.Variable("NO_PROXY") ?? "");
}

/// <param name="Address">The proxy, without user and password.</param>
/// <param name="User">Empty: no user.</param>
/// <param name="Password">The user's password; null: none.</param>
/// <param name="Bypass">Regular expressions; an address that one of them matches is reached directly.</param>
internal sealed record ProxySettings(Uri Address, string User, Secret? Password, IReadOnlyList<string> Bypass);
