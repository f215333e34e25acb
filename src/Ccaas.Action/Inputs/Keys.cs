namespace Ccaas.Action.Inputs;

/// <summary>Reads a private key: PEM text, the path of a PEM file, or the Base64 of PKCS #8 alone, as some vendors hand it out.</summary>
internal static class PrivateKeyInput
{
    private const string Begin = "-----BEGIN ";
    private const int ShortestRsa = 2048;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <returns>The key, and the algorithms of RFC 7518 §3.1 that it can sign with, the usual one first; null when it is wrong.</returns>
    public static (Secret Pem, IReadOnlyList<string> Algorithms)? Read(InputReader inputs, string name)
    {
        if (inputs.RequiredSecretText(name, "the private key whose public half the server knows, through a secret").Length == 0 || ReadPem(inputs, name) is not { } pem)
        {
            return null;
        }

        using var key = Import(pem);
        IReadOnlyList<string> algorithms = key switch
        {
            ECDsa ecdsa when ecdsa.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: P256 } => ["ES256"],
            RSA { KeySize: >= ShortestRsa } => ["RS256", "PS256"],
            _ => [],
        };
        if (algorithms.Count == 0)
        {
            inputs.Problems.Add(name, Unusable(key) ?? $"is no key that can sign here; give RSA of {ShortestRsa} bits or more, or EC on the curve P-256, as PEM ({Begin}PRIVATE KEY----- …). Other curves, Ed25519 and RSA-PSS keys are not supported.");
            return null;
        }

        return (new Secret(pem), algorithms);
    }

    /// <returns>PEM text; null when it is wrong.</returns>
    public static string? ReadPem(InputReader inputs, string name)
    {
        var text = PemInput.WithLineBreaks(inputs.Text(name) ?? "");
        var pem = Armored(text) ?? (SecretRule.Check(text) is null ? PemInput.Read(inputs, name, Begin) : text);
        if (pem is null)
        {
            return null;
        }

        var problem = pem switch
        {
            _ when pem.Contains("ENCRYPTED", StringComparison.Ordinal) => "is encrypted with a password; store it without one (openssl pkey -in key.pem -out plain.pem).",
            _ when pem.Contains("BEGIN OPENSSH PRIVATE KEY", StringComparison.Ordinal) => "is in OpenSSH's own format; convert a copy of it (ssh-keygen -p -m PEM -N '' -f copy).",
            _ => (pem.Split("PRIVATE KEY-----").Length / 2) switch
            {
                0 => $"holds no private key; it must be PEM ({Begin}PRIVATE KEY----- …).",
                1 => null,
                _ => "holds more than one private key; keep the one that is meant.",
            },
        };
        if (problem is not null)
        {
            inputs.Problems.Add(name, problem);
        }

        return problem is null ? pem : null;
    }

    private static string? Armored(string text)
    {
        var base64 = text.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);
        // PKCS #8 is a sequence, whose first byte makes its Base64 begin with an M; and no path is this long and this regular.
        return base64.Length >= 160 && base64[0] == 'M' && Convert.TryFromBase64String(base64, new byte[base64.Length], out _)
            ? $"-----BEGIN PRIVATE KEY-----\n{base64}\n-----END PRIVATE KEY-----\n"
            : null;
    }

    /// <returns>Why the text holds no key for any use; null when it does.</returns>
    public static string? Unusable(string pem)
    {
        using var key = Import(pem);
        return Unusable(key) ?? (key is null ? "holds no readable RSA or EC private key; it must be PEM (-----BEGIN PRIVATE KEY----- …) without a password." : null);
    }

    // RFC 5480 §2.1.1 allows names of curves only, and TLS and JWS know nothing else.
    private static string? Unusable(AsymmetricAlgorithm? key) =>
        key is ECDsa ecdsa && !ecdsa.ExportParameters(includePrivateParameters: false).Curve.IsNamed
            ? "describes its curve by numbers; write it with the curve's name (openssl ec -in key.pem -param_enc named_curve -out named.pem)."
            : null;

    private static AsymmetricAlgorithm? Import(string pem)
    {
        foreach (var key in new AsymmetricAlgorithm[] { ECDsa.Create(), RSA.Create() })
        {
            try
            {
                key.ImportFromPem(pem);
                return key;
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                // Not a key of this kind.
                key.Dispose();
            }
        }

        return null;
    }
}

/// <summary>Reads an input that is PEM text or the path of a PEM file.</summary>
internal static class PemInput
{
    /// <summary>A bundle of every public root is under 300 KB; more than this is neither certificates nor a key.</summary>
    private const int LargestFile = 2_000_000;

    /// <param name="inputs">Where it is read from.</param>
    /// <param name="name">The input's name.</param>
    /// <param name="begin">How PEM text of this kind begins; text with it in is no path.</param>
    /// <returns>The text; null when none was given or the file cannot be read.</returns>
    public static string? Read(InputReader inputs, string name, string begin)
    {
        if (inputs.Text(name) is not { } text)
        {
            return null;
        }

        return (text.Contains(begin, StringComparison.Ordinal) ? text : ReadFile(text, inputs, name)) is { } pem ? WithLineBreaks(pem) : null;
    }

    /// <summary>Secret stores that hold one line only make people write line breaks as backslash and n.</summary>
    public static string WithLineBreaks(string text) => text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

    private static string? ReadFile(string path, InputReader inputs, string name)
    {
        try
        {
            return RegularFile.Read(path, LargestFile);
        }
        catch (UnusableFileException unusable)
        {
            inputs.Problems.Add(name, unusable.Problem);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // A secret's text may be a damaged key, so it is not shown.
            var shown = Input.Get(name).IsSecret ? "" : $" '{inputs.Shown(name)}'";
            inputs.Problems.Add(name, $"is no PEM text, and there is no file{shown}; a container sees the workspace and the runner's temp folder only.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            inputs.Problems.Add(name, "the file cannot be read; check its path and permissions.");
        }

        return null;
    }
}
