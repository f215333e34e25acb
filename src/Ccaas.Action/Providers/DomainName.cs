namespace Ccaas.Action.Providers;

/// <summary>What the name of a host may be made of, RFC 1123 §2.1.</summary>
internal static class DomainName
{
    public static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
