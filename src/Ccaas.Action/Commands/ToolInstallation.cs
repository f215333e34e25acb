namespace Ccaas.Action.Commands;

/// <summary>Copies this executable into the job folder, where later steps can call it.</summary>
internal static class ToolInstallation
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <exception cref="FailureException">The executable was not installed.</exception>
    public static void Install(ICiSystem system)
    {
        if (system.JobFolder is not { } folder || Environment.ProcessPath is not { } program)
        {
            throw NotInstalled("there is no folder that lasts as long as the job");
        }

        var name = OperatingSystem.IsWindows() ? "ccaas-token.exe" : "ccaas-token";
        var unfinished = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.new");
        try
        {
            File.Copy(program, unfinished);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(unfinished, Executable);
            }

            // Atomic: another step may be starting the executable right now.
            File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
            throw NotInstalled("the job's temporary folder cannot be written");
        }

        system.Info($"Installed the executable: later steps can call \"{system.JobFolderInScripts}/{name}\"");
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is deleted at the end of the job.
        }
    }

    private static FailureException NotInstalled(string why) => PublishFailures.NotPublished($"The executable was not installed: {why}.");
}
