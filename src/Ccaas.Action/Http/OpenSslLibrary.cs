namespace Ccaas.Action.Http;

/// <summary>
/// OpenSSL, which .NET loads on Linux for TLS, certificates and private keys. Where it is missing, .NET aborts the process.
/// </summary>
internal static class OpenSslLibrary
{
    /// <summary>The names that .NET tries, in its order.</summary>
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    /// <summary>Loads it. It stays loaded, so that .NET finds it.</summary>
    /// <exception cref="FailureException">It cannot be loaded.</exception>
    public static void Load()
    {
        if (OperatingSystem.IsLinux() && !Array.Exists(Names, name => NativeLibrary.TryLoad(name, out _)))
        {
            throw new FailureException(ExitCode.Network, "OpenSSL is missing",
                $"OpenSSL could not be loaded ({Names[0]} or {Names[1]}); without it there is no TLS.",
                "it is not installed on this machine or in this container, or LD_LIBRARY_PATH leads to a file that is no library.",
                "install it (package libssl3 on Debian and Ubuntu, libssl3t64 on newer ones, openssl-libs on Fedora and Red Hat); "
                    + "nothing was sent.",
                "openssl-is-missing");
        }
    }
}
