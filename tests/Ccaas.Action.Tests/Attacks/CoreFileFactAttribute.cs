using System.Diagnostics;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>A test that means something only where a program that crashes leaves a core file.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CoreFileFactAttribute : FactAttribute
{
    public CoreFileFactAttribute() => Skip = LeavesOne() ? null : "Needs Linux with core files: a hard limit above 0, and a core_pattern "
        + "that takes them.";

    private static bool LeavesOne()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("core-");
        try
        {
            using var bash = Process.Start(
                new ProcessStartInfo("bash", ["-c", "ulimit -c unlimited; sleep 60 & kill -s SYS $!; wait $!"])
                {
                    RedirectStandardError =
                true,
                    WorkingDirectory = folder.FullName
                })!;
            var said = bash.StandardError.ReadToEnd();
            bash.WaitForExit();
            return said.Contains("core dumped", StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
