using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>Servers whose certificate asks for a download, or whose trusted authority works carelessly.</summary>
public sealed class CertificateAttacks
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A certificate that nobody trusts names a host inside the network, and has the program ask there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Issuer_that_a_certificate_names_is_not_downloaded(bool hasAuthorities)
    {
        using var named = new TcpListener(IPAddress.Loopback, 0);
        named.Start();
        using var key = RSA.Create(2048);
        using var unknown = Authority("unknown", RSA.Create(2048));
        var location = new X509AuthorityInformationAccessExtension(ocspUris: null, [$"http://{named.LocalEndpoint}/issuer.der"]);
        using var server = Server(unknown, key, Names("localhost"), location);
        await using var world = await World.GitHubAsync();
        world.Inputs["ca-certificate"] = hasAuthorities ? world.Sandbox.CertificateAuthorityPem : null;

        var run = await AskAsync(world, server);

        Assert.False(named.Pending(), "the program asked the address that the certificate names");
        Assert.Equal(7, run.ExitCode);
        Assert.Contains("the server does not send its intermediate certificate, which is not downloaded", run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_stands_in_the_subject_alone_is_refused()
    {
        using var authority = Authority("company", RSA.Create(2048));
        using var server = Server(authority, RSA.Create(2048));
        await using var world = await World.GitHubAsync();
        world.Inputs["ca-certificate"] = authority.ExportCertificatePem();

        var run = await AskAsync(world, server);

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("names no host where names must stand (subjectAltName)", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MD5", 2048, 2048, "is signed with MD5")]
    [InlineData("SHA1", 2048, 2048, "is signed with SHA-1")]
    [InlineData("SHA256", 1024, 2048, "has an RSA key of 1024 bits")]
    [InlineData("SHA256", 2048, 1024, "has an RSA key of 1024 bits")]
    [InlineData("SHA256", 2048, 2048, null)]
    public void Chain_that_is_too_weak_is_refused_though_its_root_is_trusted(string hash, int serverBits, int intermediateBits,
        string? weakness)
    {
        foreach (var isBelow in new[] { true, false })
        {
            // The weak signature is the server's, or the intermediate's; the root's own is always one by SHA-256.
            using var root = Authority("root", RSA.Create(2048));
            using var intermediate = Issue(
                root, "CN=intermediate", RSA.Create(intermediateBits), isBelow
                ? "SHA256"
                : hash, new X509BasicConstraintsExtension(true, false, 0, true));
            using var server = Issue(intermediate, "CN=localhost", RSA.Create(serverBits), isBelow ? hash : "SHA256", Names("localhost"));
            using var chain = new X509Chain { ChainPolicy = CertificateTrust.SystemAnd(root.ExportCertificatePem()) };
            chain.ChainPolicy.ExtraStore.Add(intermediate);
            Assert.True(chain.Build(server), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
            var tls = new TlsObservation();

            Assert.Equal(weakness is null, tls.Validate(this, server, chain, SslPolicyErrors.None));
            Assert.StartsWith(weakness ?? "", tls.Weakness ?? "", StringComparison.Ordinal);
        }
    }

    /// <summary>The root's signature proves nothing, so an old one does no harm.</summary>
    [Fact]
    public void Root_with_an_old_signature_is_trusted()
    {
        using var key = RSA.Create(2048);
        var request = Request("CN=old root", key, new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = request.Create(
            new X500DistinguishedName("CN=old root"), new OldSignature(key, "SHA1"), Now.AddDays(-1), Now.AddDays(1), [1])
            .CopyWithPrivateKey(key);
        using var server = Issue(root, "CN=localhost", RSA.Create(2048), "SHA256", Names("localhost"));
        using var chain = new X509Chain { ChainPolicy = CertificateTrust.SystemAnd(root.ExportCertificatePem()) };
        Assert.True(chain.Build(server));

        Assert.True(new TlsObservation().Validate(this, server, chain, SslPolicyErrors.None));
    }

    /// <summary>Where a server forgets its intermediate, the workflow can give it.</summary>
    [Fact]
    public async Task Intermediate_can_be_given_with_its_root()
    {
        using var root = Authority("root", RSA.Create(2048));
        using var intermediate = Issue(
            root, "CN=intermediate", RSA.Create(2048), "SHA256", new X509BasicConstraintsExtension(true, false, 0, true));
        using var server = Server(intermediate, RSA.Create(2048), Names("localhost"));
        await using var world = await World.GitHubAsync();

        world.Inputs["ca-certificate"] = root.ExportCertificatePem();
        Assert.Equal(7, (await AskAsync(world, server)).ExitCode);

        world.Inputs["ca-certificate"] = $"{root.ExportCertificatePem()}\n{intermediate.ExportCertificatePem()}";
        // 404: it was reached.
        Assert.Equal(6, (await AskAsync(world, server)).ExitCode);
    }

    /// <summary>
    /// Runs the program against a server that answers one connection with 404, or with whatever its certificate brings about.
    /// </summary>
    private static async Task<Run> AskAsync(World world, X509Certificate2 certificate)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        world.Inputs["token-url"] = $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/oauth/token";
        world.Inputs["max-attempts"] = "1";
        world.Inputs["timeout"] = "20s";
        var response = AnswerAsync(listener, certificate);
        var run = await world.RunAsync();
        listener.Stop();
        await response;
        return run;
    }

    private static async Task AnswerAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            // Offline: it must not be the server that downloads.
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext =
                SslStreamCertificateContext.Create(certificate, null, offline: true)
            });
            _ = await tls.ReadAsync(new byte[8192]);
            await tls.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
        catch (Exception exception) when (
            exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, which is what most of these are about.
        }
    }

    private static X509Certificate2 Authority(string name, RSA key) =>
        Request($"CN={name}", key, new X509BasicConstraintsExtension(true, false, 0, true))
            .CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));

    private static X509Certificate2 Server(X509Certificate2 issuer, RSA key, params X509Extension[] extensions)
    {
        using var issued = Issue(issuer, "CN=localhost", key, "SHA256", extensions);
        return X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 Issue(X509Certificate2 issuer, string name, RSA key, string hash, params X509Extension[] extensions)
    {
        using var issuerKey = issuer.GetRSAPrivateKey()!;
        using var certificate = Request(name, key, extensions)
            .Create(issuer.SubjectName, new OldSignature(issuerKey, hash), Now.AddHours(-1), Now.AddHours(12),
            RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string name, RSA key, params X509Extension[] extensions)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }

    private static X509Extension Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        return names.Build();
    }

    /// <summary>Signs with hashes that .NET no longer makes certificates with.</summary>
    private sealed class OldSignature(RSA key, string hash) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            // SEQUENCE { OBJECT IDENTIFIER 1.2.840.113549.1.1.n, NULL }
            byte number = hash switch { "MD5" => 4, "SHA1" => 5, _ => 11 };
            return [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, number, 0x05, 0x00];
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, new HashAlgorithmName(hash), RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
