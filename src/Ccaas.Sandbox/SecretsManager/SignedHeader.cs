using System.Diagnostics.CodeAnalysis;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>The Authorization header of AWS Signature Version 4, taken apart and not yet believed.</summary>
internal sealed record SignedHeader(
    string AccessKeyId, string Date, string Region, string Service, IReadOnlyList<string> Headers, string Signature)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string Terminator = "aws4_request";

    public string Scope => $"{Date}/{Region}/{Service}/{Terminator}";

    public static bool TryParse(string authorization, [NotNullWhen(true)] out SignedHeader? header)
    {
        header = null;
        if (!authorization.StartsWith($"{Algorithm} ", StringComparison.Ordinal))
        {
            return false;
        }

        var fields = authorization[(Algorithm.Length + 1)..].Split(',').Select(field => field.Trim().Split('=', 2)).ToList();
        if (fields.Select(field => field[0]).Order(StringComparer.Ordinal).SequenceEqual(["Credential", "Signature", "SignedHeaders"])
            && fields.TrueForAll(field => field.Length == 2)
            && Of("Credential").Split('/') is [var id, var date, var region, var service, Terminator])
        {
            header = new SignedHeader(id, date, region, service, Of("SignedHeaders").Split(';'), Of("Signature"));
        }

        return header is not null;

        string Of(string name) => fields.Single(field => field[0] == name)[1];
    }
}
