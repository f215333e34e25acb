using System.Security.Cryptography;
using System.Text;

namespace Ccaas.Sandbox.Salesforce;

/// <summary>
/// Ids as the vendor makes them: three characters for the kind of record, twelve more in which case counts, and three that
/// tell capital letters where case is lost.
/// </summary>
internal static class SalesforceId
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Checks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    public static string Organization(SandboxClient client) => Of("00D", client.OrganizationId);

    public static string User { get; } = Of("005", SandboxUser.Id);

    /// <summary>The 15 characters that a token begins with and that Setup shows.</summary>
    public static string Short(string id) => id[..15];

    // An id of the vendor's is taken as it is; any other name always gives the same id.
    private static string Of(string kind, string name)
    {
        var id = name.StartsWith(kind, StringComparison.Ordinal) && name.Length is 15 or 18
            ? Short(name)
            : kind + string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(name)).Take(12).Select(number => Digits[number % Digits.Length]));
        return id + string.Concat(id.Chunk(5).Select(part => Checks[part.Select((c, bit) => char.IsAsciiLetterUpper(c) ? 1 << bit : 0).Sum()]));
    }
}
