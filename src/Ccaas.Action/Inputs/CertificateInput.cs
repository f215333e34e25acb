namespace Ccaas.Action.Inputs;

/// <summary>Reads certificates, given as PEM text or as the path of a PEM file.</summary>
internal static class CertificateInput
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    /// <returns>PEM text with at least one readable certificate authority; null when it is not given or wrong.</returns>
    public static string? ReadAuthorities(InputReader inputs) => Read(inputs, Input.CaCertificate);

    /// <summary>Certificate and key for mutual TLS: both or neither.</summary>
    /// <returns>Null when they are not given or wrong.</returns>
    public static (string CertificatePem, Secret Key)? ReadClient(InputReader inputs)
    {
        if (!inputs.Given(Input.ClientCertificate) && !inputs.Given(Input.ClientKey))
        {
            return null;
        }

        inputs.Required(Input.ClientCertificate, "the certificate that belongs to client-key, PEM text or a path");
        inputs.RequiredSecretText(Input.ClientKey, "the private key that belongs to client-certificate, PEM text or a path");
        // Both are read before either is judged, so that the problems of both are reported.
        var certificate = Read(inputs, Input.ClientCertificate);
        var key = PrivateKeyInput.ReadForTls(inputs, Input.ClientKey);
        if (certificate is null || key is null)
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
            inputs.Problems.Add(
                Input.ClientKey,
                "does not belong to client-certificate (its first certificate counts); give the key that the certificate was made for.");
            return null;
        }
    }

    private static string? Read(InputReader inputs, string name)
    {
        if (PemInput.Read(inputs, name, Begin) is not { } pem)
        {
            return null;
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            // The same as a text without certificates.
            certificates.Clear();
        }

        if (certificates.Count > 0)
        {
            return pem;
        }

        inputs.Problems.Add(name, $"holds no readable certificate; it must be PEM ({Begin} …).");
        return null;
    }
}
