namespace Ccaas.Action.Inputs;

/// <summary>Reads certificates given as PEM text or as the path of a PEM file.</summary>
internal static class CertificateInput
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    /// <returns>Certificate authorities: PEM text that holds at least one readable certificate; null when none was given or it is wrong.</returns>
    public static string? ReadAuthorities(InputReader inputs) => Read(inputs, Input.CaCertificate);

    /// <summary>The client's side of mutual TLS. Certificate and key must be given together and belong together.</summary>
    /// <returns>Null when none was given or it is wrong.</returns>
    public static (string CertificatePem, Secret Key)? ReadClient(InputReader inputs)
    {
        if (!inputs.Given(Input.ClientCertificate) && !inputs.Given(Input.ClientKey))
        {
            return null;
        }

        inputs.Required(Input.ClientCertificate, "the certificate that belongs to client-key, PEM text or a path");
        inputs.RequiredSecretText(Input.ClientKey, "the private key that belongs to client-certificate, PEM text or a path");
        // Each is judged, whatever is wrong with the other.
        var givenCertificate = Read(inputs, Input.ClientCertificate);
        if (ReadKey(inputs) is not { } key || givenCertificate is not { } certificate)
        {
            return null;
        }

        try
        {
            X509Certificate2.CreateFromPem(certificate, key).Dispose();
            return (certificate, new Secret(key));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            inputs.Problems.Add(Input.ClientKey, "does not belong to client-certificate (its first certificate counts); give the key that the certificate was made for.");
            return null;
        }
    }

    private static string? ReadKey(InputReader inputs)
    {
        if (!inputs.Given(Input.ClientKey) || PrivateKeyInput.ReadPem(inputs, Input.ClientKey) is not { } pem)
        {
            return null;
        }

        if (PrivateKeyInput.Unusable(pem) is not { } problem)
        {
            return pem;
        }

        inputs.Problems.Add(Input.ClientKey, problem);
        return null;
    }

    private static string? Read(InputReader inputs, string name)
    {
        if (PemInput.Read(inputs, name, Begin) is not { } pem)
        {
            return null;
        }

        if (HoldsCertificate(pem))
        {
            return pem;
        }

        inputs.Problems.Add(name, $"holds no readable certificate; it must be PEM ({Begin} …).");
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
