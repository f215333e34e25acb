namespace Ccaas.Action;

/// <summary>What has to hold in the process before anything else happens in it.</summary>
internal static partial class ProcessStart
{
    /// <summary><c>PR_SET_DUMPABLE</c> of prctl(2).</summary>
    private const int SetDumpable = 4;

    private const int LastStandardStream = 2;

    private static readonly List<SafeHandle> Handles = [];

    public static void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            // A crash must not leave the secrets in a core file. execve(2) takes it back, so that the command of exec is as it would be without.
            _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        }

        // The number of a standard stream that is closed would go to the next file that is opened, and this file would get what is printed.
        // Held open for reading, writing to it fails; and the command of exec finds it closed, as all that .NET opens.
        var handle = File.OpenHandle("/dev/null");
        while (handle.DangerousGetHandle() <= LastStandardStream)
        {
            Handles.Add(handle);
            handle = File.OpenHandle("/dev/null");
        }

        handle.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessControl(int option, nint argument2, nint argument3, nint argument4, nint argument5);
}

/// <summary>
/// Empties the environment that the runtime, OpenSSL and the C library read for themselves, once the program has its own copy.
/// In a job an earlier step can set SSL_CERT_FILE, HOME (whose <c>.dotnet</c> holds trusted authorities), OPENSSL_CONF,
/// LOCALDOMAIN or a switch of the runtime; none of them may decide whom this program trusts, or how it locks files
/// (docs/security.md, Environment variables).
/// </summary>
internal static partial class NativeEnvironment
{
    /// <summary>A proxy counts, since TLS protects what passes. PATH is where a command that exec runs is found.</summary>
    private static readonly string[] Preserved =
        ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "PATH"];

    /// <summary>Where systems keep all trusted authorities in one file: Debian and Alpine, Fedora, openSUSE, others.</summary>
    private static readonly string[] Bundles =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    /// <summary>Takes NO_PROXY from the runtime, whose reading is not curl's: <see cref="Http.NoProxyList"/> reads it.</summary>
    public static void TakeNoProxy() => Remove(["NO_PROXY", "no_proxy"]);

    /// <param name="variables">All of the environment.</param>
    public static void Empty(IEnumerable<string> variables)
    {
        Remove(variables.Where(name => !Preserved.Contains(name)));
        if (!OperatingSystem.IsLinux())
        {
            // Windows has only the one, and neither it nor macOS asks OpenSSL whom to trust.
            return;
        }

        _ = ClearEnvironment();
        if (Array.Find(Bundles, File.Exists) is { } bundle)
        {
            // The bundle alone: reading every file of the folder beside it as well would cost a third of a run.
            _ = SetEnvironment("SSL_CERT_FILE", bundle, 1);
            _ = SetEnvironment("SSL_CERT_DIR", "/etc/ssl/no-folder", 1);
        }
    }

    // In the runtime's own copy.
    private static void Remove(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
#pragma warning disable RS0030 // Nothing else changes its own environment; here that is the purpose.
            Environment.SetEnvironmentVariable(name, null);
#pragma warning restore RS0030
        }
    }

    [LibraryImport("libc", EntryPoint = "clearenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClearEnvironment();

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
