namespace Ccaas.Action;

/// <summary>Prepares the process before anything else runs in it.</summary>
internal static partial class ProcessStart
{
    /// <summary><c>PR_SET_DUMPABLE</c> of prctl(2).</summary>
    private const int SetDumpable = 4;

    private const int LastStandardStream = 2;

    /// <summary>Not collected, and so not closed.</summary>
    private static readonly List<SafeHandle> Placeholders = [];

    public static void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            // No core dump, because it would contain the secrets. execve(2) resets this for the command of exec.
            _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        }

        // If a standard stream is closed, the next file that is opened would get its number, and all output. A placeholder that is
        // open for reading makes writes fail. exec's command finds the stream closed again, as all files that .NET has opened.
        var file = File.OpenHandle("/dev/null");
        while (file.DangerousGetHandle() <= LastStandardStream)
        {
            Placeholders.Add(file);
            file = File.OpenHandle("/dev/null");
        }

        file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessControl(int option, nint argument2, nint argument3, nint argument4, nint argument5);
}

/// <summary>
/// Clears the environment that the runtime, OpenSSL and the C library read, after the program has its own copy. In a job, an
/// earlier step can set SSL_CERT_FILE, HOME (.NET trusts the certificates in its <c>.dotnet</c>), OPENSSL_CONF, LOCALDOMAIN or a
/// setting of the runtime. None of them may decide which servers are trusted or how files are locked
/// (docs/security.md, Environment variables).
/// </summary>
internal static partial class NativeEnvironment
{
    /// <summary>TLS protects what passes through a proxy. PATH finds the command of <c>exec</c>.</summary>
    private static readonly string[] Preserved =
        ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "PATH"];

    /// <summary>The system's certificate authorities in one file: Debian and Alpine, Fedora, openSUSE, others.</summary>
    private static readonly string[] Bundles =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    /// <summary>The runtime reads NO_PROXY in another way than curl does; <see cref="Http.NoProxyList"/> reads it as curl.</summary>
    public static void RemoveNoProxy() => Remove(["NO_PROXY", "no_proxy"]);

    public static void Clear(IEnumerable<string> variables)
    {
        Remove(variables.Where(name => !Preserved.Contains(name)));
        if (!OperatingSystem.IsLinux())
        {
            // Windows has no second environment in the C library; on Windows and macOS, OpenSSL does not decide what is trusted.
            return;
        }

        _ = ClearEnvironment();
        if (Array.Find(Bundles, File.Exists) is { } bundle)
        {
            // Only the bundle: to read all files of the folder too takes a third of a run.
            _ = SetEnvironment("SSL_CERT_FILE", bundle, 1);
            _ = SetEnvironment("SSL_CERT_DIR", "/etc/ssl/no-folder", 1);
        }
    }

    private static void Remove(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
#pragma warning disable RS0030 // The one place that changes the process's environment.
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

/// <summary>
/// SIGINT and SIGTERM, with which runners cancel a job (SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL), as a token. They are
/// handled until the process ends: a late one must not turn a success into a failure.
/// </summary>
internal static class CancellationSignals
{
    private static readonly CancellationTokenSource Source = new();

    /// <summary>A registration that is collected ends.</summary>
    private static readonly List<PosixSignalRegistration> Registrations = [];

    public static CancellationToken Handle()
    {
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel));
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel));
        return Source.Token;
    }

    private static void Cancel(PosixSignalContext context)
    {
        // The default would end the process in the middle of a write.
        context.Cancel = true;
        Source.Cancel();
    }
}
