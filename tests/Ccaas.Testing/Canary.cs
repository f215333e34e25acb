using System.Net;
using System.Text;

namespace Ccaas.Testing;

/// <summary>A secret made for a test, and the ways in which it could show itself in text.</summary>
public sealed record Canary(string Name, string Value)
{
    /// <summary>Holds every character that an encoding treats in its own way.</summary>
    public static Canary ClientSecret { get; } = new("client secret", "kanarie+/=%~s3cr3t-VxZ9.Q_w8");

    /// <summary>Looks like a JWT, whose parts must not show either.</summary>
    public static Canary Token { get; } =
        new("access token", "eyJhbGciOiJub25lIn0.eyJrYW5hcmllIjoidG9rZW4tcGF5bG9hZCJ9.a2FuYXJpZS1zaWduYXR1cmUtOTg3NjU");

    /// <summary>Ends as NICE CXone's do.</summary>
    public static Canary AccessKeySecret { get; } = new("access key's secret", "KANARIE7CI5SPEZFLU57T6QNVJAPAZQ2CWHJB43D5XG====");

    public static Canary RefreshToken { get; } = new("refresh token", "kanarie-refresh-Zk9vQx2LmB7tR4wY8nC1dF6hJ3pS5aE0");

    /// <summary>The part of an id token that makes it valid.</summary>
    public static Canary IdTokenSignature { get; } = new("id token's signature", "a2FuYXJpZS1pZC10b2tlbi1zaWduYXR1cmUtNTU1MTIz");

    public static Canary SealKey { get; } = new("key to seal with", "kanarie-seal-key-Qm4vT8xZ1LcB6yNw3RdF5hJ7");

    /// <summary>Every line of the private key but the first, whose beginning is the same in all keys of its kind.</summary>
    public static IReadOnlyList<Canary> PrivateKeyLines { get; } =
        [.. TestKey.Ec.PrivatePem.Split('\n').Where(line => line.Length > 40 && !line.StartsWith('-')).Skip(1)
            .Select(line => new Canary("private key", line))];

    public const string AccessKeyId = "KANARIEKEYID65PY723U5MHD53CMHWSOM672QM352EBL====";

    public const string Account = "example-account";

    public const string ClientId = "c1d2e3f4-0000-4000-8000-a1b2c3d4e5f6";

    public const string OrganizationId = "0a1b2c3d-1111-4222-8333-444455556666";

    public static IReadOnlyList<Canary> All { get; } =
        [ClientSecret, Token, AccessKeySecret, RefreshToken, IdTokenSignature, SealKey, .. PrivateKeyLines];

    /// <summary>Every form of the secret that is found in the text, by name; empty when it is clean.</summary>
    public IEnumerable<string> FindIn(string text) =>
        from form in Forms()
        where text.Contains(form.Text, StringComparison.OrdinalIgnoreCase)
        select $"{Name} {form.Name}";

    // Written out here once more, and not taken from the program, whose own list is what is under test.
    private IEnumerable<(string Name, string Text)> Forms()
    {
        var bytes = Encoding.UTF8.GetBytes(Value);
        yield return ("in clear", Value);
        yield return ("in clear (first half)", Value[..(Value.Length / 2)]);
        yield return ("in clear (second half)", Value[(Value.Length / 2)..]);
        yield return ("in base64", Convert.ToBase64String(bytes).TrimEnd('='));
        yield return ("in base64 from the second byte", Convert.ToBase64String(bytes[1..]).TrimEnd('=')[..^4]);
        yield return ("in base64 from the third byte", Convert.ToBase64String(bytes[2..]).TrimEnd('=')[..^4]);
        yield return ("in base64url", Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        yield return ("percent-encoded", Uri.EscapeDataString(Value));
        yield return ("form-encoded", WebUtility.UrlEncode(Value));
        yield return ("percent-encoded but for slashes", Uri.EscapeDataString(Value).Replace("%2F", "/", StringComparison.Ordinal));
        yield return ("as PHP's JSON", Value.Replace("/", "\\/", StringComparison.Ordinal));
        yield return ("as Gson's JSON", Value.Replace("=", "\\u003d", StringComparison.Ordinal));
        foreach (var columns in new[] { 64, 76 })
        {
            var base64 = Convert.ToBase64String(bytes);
            for (var at = 0; base64.Length > columns && at + columns <= base64.Length; at += columns)
            {
                yield return ($"in a line of base64 of {columns} characters", base64[at..(at + columns)]);
            }
        }

        yield return ("in hex", Convert.ToHexString(bytes));
        yield return ("as the Basic pair", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Value}")).TrimEnd('='));
        yield return ("as the encoded Basic pair",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(Value)}")).TrimEnd('='));
        foreach (var part in Value.Split('.').Skip(1).Where(part => part.Length > 8))
        {
            yield return ("in a part between dots", part);
        }
    }
}
