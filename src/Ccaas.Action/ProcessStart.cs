using System.Runtime.InteropServices;

namespace Ccaas.Action;

/// <summary>What has to hold in the process before anything else happens in it.</summary>
internal static partial class ProcessStart
{
    /// <summary><c>PR_SET_DUMPABLE</c> of prctl(2).</summary>
    private const int SetDumpable = 4;

    private const int LastStandardStream = 2;

    private static readonly List<SafeHandle> Held = [];

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
        var held = File.OpenHandle("/dev/null");
        while (held.DangerousGetHandle() <= LastStandardStream)
        {
            Held.Add(held);
            held = File.OpenHandle("/dev/null");
        }

        held.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessControl(int option, nint argument2, nint argument3, nint argument4, nint argument5);
}
