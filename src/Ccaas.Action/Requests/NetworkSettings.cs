using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>What is set for everything that runs in this place.</summary>
/// <param name="Proxy">The way out; null: what the environment's HTTPS_PROXY and <paramref name="NoProxy"/> say.</param>
/// <param name="NoProxy">The hosts that the environment's proxy is not for.</param>
internal sealed record NetworkSettings(ProxySettings? Proxy, string NoProxy)
{
    public static NetworkSettings Default { get; } = new(null, "");

    // The lower case goes first, and an empty variable counts as none, as with curl.
    public static NetworkSettings Of(Surroundings surroundings, ProxySettings? proxy) =>
        new(proxy, surroundings.Variable("no_proxy") is { Length: > 0 } list ? list : surroundings.Variable("NO_PROXY") ?? "");
}

/// <param name="Address">The proxy, without user and password.</param>
/// <param name="User">Empty: none is asked for.</param>
/// <param name="Password">The user's password; null: none.</param>
/// <param name="Bypass">Regular expressions; an address that one of them matches is reached directly.</param>
internal sealed record ProxySettings(Uri Address, string User, Secret? Password, IReadOnlyList<string> Bypass);
