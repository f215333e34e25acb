using System.Buffers.Binary;
using System.Net.Sockets;

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

/// <summary>
/// NO_PROXY as curl reads it: domains with all hosts below them, addresses, CIDR ranges, or a single <c>*</c>. .NET supports no
/// ranges, no <c>*</c>, and hosts below a domain only with a leading dot.
/// </summary>
internal sealed class NoProxyList(string list)
{
    // curl before 8.9 also separates entries by spaces, newer ones only by commas: both are accepted.
    private readonly string[] _entries = list.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    public bool Covers(Uri host)
    {
        var name = host.IdnHost;
        return list == "*" || Array.Exists(_entries, IPAddress.TryParse(name, out var address)
            ? entry => IsInRange(entry, address)
            : entry => IsInDomain(entry, WithoutLastDot(name)));
    }

    private static bool IsInDomain(string entry, string name)
    {
        var domain = WithoutLastDot(entry);
        domain = domain.StartsWith('.') ? domain[1..] : domain;
        return name.Equals(domain, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsInRange(string entry, IPAddress address)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        var text = slash < 0 ? entry : entry[..slash];
        var size = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var length = 0;
        if (!IPAddress.TryParse(text, out var network) || network.AddressFamily != address.AddressFamily
            // .NET accepts these addresses, inet_pton(3) does not: fewer than four numbers, brackets, a zone.
            || (size == 32 ? network.ToString() != text : text.AsSpan().ContainsAny('[', '%'))
            || (slash >= 0 && !int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length))
            || length > size)
        {
            return false;
        }

        // Without a length, or with length 0, the whole address is compared.
        return length == 0 ? Bits(network) == Bits(address) : (Bits(network) ^ Bits(address)) >> (size - length) == 0;
    }

    private static UInt128 Bits(IPAddress address) => BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());

    private static string WithoutLastDot(string name) => name.EndsWith('.') ? name[..^1] : name;
}
