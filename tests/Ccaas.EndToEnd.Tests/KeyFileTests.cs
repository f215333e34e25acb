using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>
/// Keys and certificates as the usual tools write them. Each is used, or refused with exit code 2 and what to do; none ends in a
/// bug report, and no line of a key is shown.
/// </summary>
public sealed class KeyFileTests : IDisposable
{
    /// <summary>The key was accepted: nothing listens at the token endpoint.</summary>
    private const int Accepted = 7;

    private const string Ec = "openssl ecparam -name prime256v1 -genkey -noout -out key.pem";
    private const string Rsa = "openssl genrsa -out key.pem 2048";
    private const string Certificate = "openssl req -x509 -key key.pem -subj /CN=test -days 30 -out cert.pem";
    private const string OneLine = "sed -i -e ':a' -e 'N' -e '$!ba' -e 's/\\n/\\\\n/g'";

    private readonly string _folder = Directory.CreateTempSubdirectory("ccaas-test-").FullName;

    public static TheoryData<string, string, int, string> Assertions => new()
    {
        { "EC", Ec, Accepted, "" },
        { "EC after its parameters", "openssl ecparam -name prime256v1 -genkey -out key.pem", Accepted, "" },
        { "EC, explicit parameters", $"{Ec} -param_enc explicit", 2,
            "describes its curve by numbers; write it with the curve's name (openssl ec -in key.pem -param_enc named_curve" },
        { "EC, explicit parameters, after the remedy",
            $"{Ec} -param_enc explicit; openssl ec -in key.pem -param_enc named_curve -out named.pem; mv named.pem key.pem", Accepted, "" },
        { "EC on secp256k1", "openssl ecparam -name secp256k1 -genkey -noout -out key.pem", 2, "EC on the curve P-256" },
        { "EC on P-384", "openssl ecparam -name secp384r1 -genkey -noout -out key.pem", 2, "EC on the curve P-256" },
        { "Ed25519", "openssl genpkey -algorithm ed25519 -out key.pem", 2, "Ed25519 and RSA-PSS keys are not supported" },
        { "X25519", "openssl genpkey -algorithm x25519 -out key.pem", 2, "is no key that can sign here" },
        { "RSA", Rsa, Accepted, "" },
        { "RSA as PKCS #8", $"{Rsa}; openssl pkcs8 -topk8 -nocrypt -in key.pem -out p8.pem; mv p8.pem key.pem", Accepted, "" },
        { "RSA of 1024 bits", "openssl genrsa -out key.pem 1024", 2, "RSA of 2048 bits or more" },
        { "RSA-PSS", "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out key.pem", 2,
            "Ed25519 and RSA-PSS keys are not supported" },
        { "DSA", "openssl dsaparam -genkey -noout -out key.pem 1024", 2, "is no key that can sign here" },
        { "with a password", $"{Rsa}; openssl pkcs8 -topk8 -in key.pem -passout pass:x -out enc.pem; mv enc.pem key.pem", 2,
            "is encrypted with a password" },
        { "with a password, older form", "openssl genrsa -traditional -aes128 -passout pass:x -out key.pem 2048", 2,
            "is encrypted with a password" },
        { "a public key", $"{Rsa}; openssl rsa -in key.pem -pubout -out pub.pem; mv pub.pem key.pem", 2, "holds no private key" },
        { "a certificate", $"{Rsa}; {Certificate}; mv cert.pem key.pem", 2, "holds no private key" },
        { "two keys", $"{Rsa}; {Rsa.Replace("key.pem", "other.pem", StringComparison.Ordinal)}; cat other.pem >>key.pem", 2,
            "holds more than one private key" },
        { "cut", $"{Rsa}; head -5 key.pem >cut.pem; mv cut.pem key.pem", 2, "is no key that can sign here" },
        { "not Base64", $"{Rsa}; sed -i '3s/./%/' key.pem", 2, "is no key that can sign here" },
        { "DER", $"{Rsa}; openssl rsa -in key.pem -outform DER -out key.der; mv key.der key.pem", 2, "holds no private key" },
        { "line breaks as backslash and n", $"{Ec}; {OneLine} key.pem", Accepted, "" },
        { "carriage returns", $"{Ec}; sed -i 's/$/\\r/' key.pem", Accepted, "" },
        { "byte order mark", $"{Ec}; sed -i '1s/^/\\xef\\xbb\\xbf/' key.pem", Accepted, "" },
        { "indented", $"{Ec}; sed -i 's/^/  /' key.pem", Accepted, "" },
        { "OpenSSH", "ssh-keygen -q -t rsa -b 2048 -N '' -f key.pem", 2, "convert a copy of it (ssh-keygen -p -m PEM -N '' -f copy)" },
        { "OpenSSH, after the remedy", "ssh-keygen -q -t rsa -b 2048 -N '' -f key.pem; ssh-keygen -q -p -m PEM -N '' -f key.pem", Accepted,
            "" },
    };

    public static TheoryData<string, string, int, string> Certificates => new()
    {
        { "RSA", $"{Rsa}; {Certificate}", Accepted, "" },
        { "EC, explicit parameters", $"{Ec} -param_enc explicit; {Certificate}", 2, "client-key: describes its curve by numbers" },
        { "Ed25519", $"openssl genpkey -algorithm ed25519 -out key.pem; {Certificate}", 2,
            "client-key: holds no readable RSA or EC private key" },
        { "of another key", $"{Rsa}; {Certificate}; {Rsa}", 2, "client-key: does not belong to client-certificate" },
        { "line breaks as backslash and n", $"{Rsa}; {Certificate}; {OneLine} cert.pem; {OneLine} key.pem", Accepted, "" },
        { "cut", $"{Rsa}; {Certificate}; head -5 cert.pem >cut.pem; mv cut.pem cert.pem", 2,
            "client-certificate: holds no readable certificate" },
        { "a key for a certificate", $"{Rsa}; cp key.pem cert.pem", 2, "client-certificate: holds no readable certificate" },
        { "OpenSSH key", $"{Rsa}; {Certificate}; rm key.pem; ssh-keygen -q -t rsa -b 2048 -N '' -f key.pem", 2,
            "client-key: is in OpenSSH's own format" },
    };

    [KeyToolsTheory]
    [MemberData(nameof(Assertions))]
    public Task Private_key_is_used_or_refused_with_what_to_do(string name, string commands, int exitCode, string message) =>
        RunAsync(name, commands, exitCode, message, "private-key-jwt", ["--private-key-file", "key.pem"], "http");

    [KeyToolsTheory]
    [MemberData(nameof(Certificates))]
    public Task Client_certificate_is_used_or_refused_with_what_to_do(string name, string commands, int exitCode, string message) =>
        RunAsync(name, commands, exitCode, message, "tls-client-auth",
            ["--client-key-file", "key.pem", "--client-certificate", "cert.pem"], "https");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task RunAsync(string name, string commands, int exitCode, string message, string authentication, string[] options,
        string scheme)
    {
        await ChildProcess.RunAsync("sh", "-ec", $"cd '{_folder}'; {commands}");
        var start = Executable.Start(
            ["--provider", "oauth2", "--token-url", $"{scheme}://127.0.0.1:9/token", "--client-id", "some-client",
                "--client-authentication", authentication, .. options, "--max-attempts", "1", "--timeout", "5s"]);
        start.WorkingDirectory = _folder;

        using var child = ChildProcess.Start(
            start, new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! });
        var run = await child.WaitAsync();

        Assert.True(run.ExitCode == exitCode, $"{name}: {run.ExitCode}\n{run.Error}");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        var secret = File.ReadAllText(Path.Combine(_folder, "key.pem")).Replace("\\n", "\n", StringComparison.Ordinal).Split('\n')
            .Where(line => line.Length > 30 && !line.Contains("-----", StringComparison.Ordinal));
        Assert.DoesNotContain(secret, line => run.Error.Contains(line.Trim(), StringComparison.Ordinal));
    }
}

/// <summary>A test of files that OpenSSL's and OpenSSH's own programs write.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeyToolsTheoryAttribute : TheoryAttribute
{
    public KeyToolsTheoryAttribute() => Skip = Needs.Program("openssl", "openssl") ?? Needs.Program("ssh-keygen", "openssh-client");
}
