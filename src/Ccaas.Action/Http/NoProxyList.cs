using System.Buffers.Binary;
using System.Net.Sockets;

namespace Ccaas.Action.Http;

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
