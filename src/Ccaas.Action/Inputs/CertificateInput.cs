using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Action.Inputs;

/// <summary>Reads certificate authorities given as PEM text or as the path of a PEM file.</summary>
internal static class CertificateInput
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    /// <summary>A bundle of every public root is under 300 KB; more than this is not a list of certificates.</summary>
    private const int LargestFile = 2_000_000;

    /// <returns>PEM text that holds at least one readable certificate; null when none was given or it is wrong.</returns>
    public static string? Read(InputReader inputs)
    {
        if (inputs.Text(InputNames.CaCertificate) is not { } text)
        {
            return null;
        }

        var isText = text.Contains(Begin, StringComparison.Ordinal);
        var pem = isText ? text : ReadFile(text, inputs);
        if (pem is not null && !HoldsCertificate(pem))
        {
            inputs.Problems.Add(InputNames.CaCertificate, $"{(isText ? "the text" : "the file")} holds no readable certificate; it must be PEM ({Begin} …).");
            return null;
        }

        return pem;
    }

    private static string? ReadFile(string path, InputReader inputs)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length <= LargestFile)
            {
                return File.ReadAllText(path);
            }

            inputs.Problems.Add(InputNames.CaCertificate, file.Exists
                ? "the file is too large to be a list of certificates."
                : $"there is no file '{inputs.Shown(InputNames.CaCertificate)}'; a container sees the workspace and the runner's temp folder only.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            inputs.Problems.Add(InputNames.CaCertificate, "the file cannot be read; check its path and permissions.");
        }

        return null;
    }

    private static bool HoldsCertificate(string pem)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return certificates.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
