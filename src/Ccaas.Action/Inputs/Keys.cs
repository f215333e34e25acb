namespace Ccaas.Action.Inputs;

/// <summary>Reads a private key: PEM text, the path of a PEM file, or only the Base64 of PKCS #8, as some vendors issue keys.</summary>
internal static class PrivateKeyInput
{
    private const string Begin = "-----BEGIN ";
    private const int ShortestRsa = 2048;
    private const string P256 = "1.2.840.10045.3.1.7";

    // RFC 5480 §2.1.1 allows only named curves, and so do TLS and JWS.
    private const string UnnamedCurve =
        "describes its curve by numbers; write it with the curve's name (openssl ec -in key.pem -param_enc named_curve -out named.pem).";

    /// <returns>The key and its signing algorithms (RFC 7518 §3.1), the usual one first; null when it is missing or wrong.</returns>
    public static (Secret Pem, IReadOnlyList<string> Algorithms)? Read(InputReader inputs, string name)
    {
        inputs.RequiredSecretText(name, "the private key whose public half the server knows, through a secret");
        if (ReadPem(inputs, name) is not { } pem)
        {
            return null;
        }

        using var key = Import(pem);
        IReadOnlyList<string> algorithms = key switch
        {
            ECDsa ecdsa when Curve(ecdsa) is { IsNamed: true, Oid.Value: P256 } => ["ES256"],
            RSA { KeySize: >= ShortestRsa } => ["RS256", "PS256"],
            _ => [],
        };
        if (algorithms.Count > 0)
        {
            return (new Secret(pem), algorithms);
        }

        inputs.Problems.Add(name, HasUnnamedCurve(key)
            ? UnnamedCurve
            : $"is no key that can sign here; give RSA of {ShortestRsa} bits or more, or EC on the curve P-256, "
                + $"as PEM ({Begin}PRIVATE KEY----- …). Other curves, Ed25519 and RSA-PSS keys are not supported.");
        return null;
    }

    /// <returns>The PEM text of an RSA or EC key of any size; null when it is missing or wrong.</returns>
    public static string? ReadForTls(InputReader inputs, string name)
    {
        if (ReadPem(inputs, name) is not { } pem)
        {
            return null;
        }

        using var key = Import(pem);
        if (key is not null && !HasUnnamedCurve(key))
        {
            return pem;
        }

        inputs.Problems.Add(name, key is null
            ? "holds no readable RSA or EC private key; it must be PEM (-----BEGIN PRIVATE KEY----- …) without a password."
            : UnnamedCurve);
        return null;
    }

    private static string? ReadPem(InputReader inputs, string name)
    {
        if (inputs.Text(name) is not { } given)
        {
            return null;
        }

        var text = PemInput.WithLineBreaks(given);
        // What the rule for secrets refuses (several lines, for one) is no path either.
        var pem = FromBase64(text) ?? (SecretRule.Check(text) is null ? PemInput.Read(inputs, name, Begin) : text);
        var problem = pem switch
        {
            null => null,
            _ when pem.Contains("ENCRYPTED", StringComparison.Ordinal) =>
                "is encrypted with a password; store it without one (openssl pkey -in key.pem -out plain.pem).",
            _ when pem.Contains("BEGIN OPENSSH PRIVATE KEY", StringComparison.Ordinal) =>
                "is in OpenSSH's own format; convert a copy of it (ssh-keygen -p -m PEM -N '' -f copy).",
            _ => (pem.Split("PRIVATE KEY-----").Length / 2) switch
            {
                0 => $"holds no private key; it must be PEM ({Begin}PRIVATE KEY----- …).",
                1 => null,
                _ => "holds more than one private key; keep the one that is meant.",
            },
        };
        if (problem is null)
        {
            return pem;
        }

        inputs.Problems.Add(name, problem);
        return null;
    }

    private static string? FromBase64(string text)
    {
        var base64 = text.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);
        // PKCS #8 is an ASN.1 sequence, so its Base64 begins with an M. No path looks like this.
        return base64.Length >= 160 && base64[0] == 'M' && Convert.TryFromBase64String(base64, new byte[base64.Length], out _)
            ? $"-----BEGIN PRIVATE KEY-----\n{base64}\n-----END PRIVATE KEY-----\n"
            : null;
    }

    private static bool HasUnnamedCurve(AsymmetricAlgorithm? key) => key is ECDsa ecdsa && !Curve(ecdsa).IsNamed;

    private static ECCurve Curve(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve;

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
                // Another kind of key.
                key.Dispose();
            }
        }

        return null;
    }
}

/// <summary>Reads an input that is PEM text or the path of a PEM file.</summary>
internal static class PemInput
{
    /// <summary>Bytes. A bundle of all public certificate authorities has less than 300 KB.</summary>
    private const int LargestFile = 2_000_000;

    /// <param name="inputs">The inputs.</param>
    /// <param name="name">The input's name.</param>
    /// <param name="begin">Part of every such PEM text, and of no path.</param>
    /// <returns>Null when the input is not given or its file cannot be read.</returns>
    public static string? Read(InputReader inputs, string name, string begin)
    {
        var text = inputs.Text(name);
        var pem = text is null || text.Contains(begin, StringComparison.Ordinal) ? text : ReadFile(text, inputs, name);
        return pem is null ? null : WithLineBreaks(pem);
    }

    /// <summary>People write line breaks as <c>\n</c> where a secret store allows one line only.</summary>
    public static string WithLineBreaks(string text) =>
        text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

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
            // The text of a secret may be a damaged key, so it is not shown.
            var shown = Input.Get(name).IsSecret ? "" : $" '{inputs.Shown(name)}'";
            inputs.Problems.Add(
                name, $"is no PEM text, and there is no file{shown}; a container sees the workspace and the runner's temp folder only.");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            inputs.Problems.Add(name, "the file cannot be read; check its path and permissions.");
        }

        return null;
    }
}
