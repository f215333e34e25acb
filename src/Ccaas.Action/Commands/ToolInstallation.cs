namespace Ccaas.Action.Commands;

/// <summary>Puts this executable where later steps of the job can call it.</summary>
internal sealed class ToolInstallation(ICiSystem system)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <exception cref="FailureException">It was not installed.</exception>
    public void Install()
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

            // In one step: another step of the job may be calling it at this moment.
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
            // The folder is emptied at the job's end.
        }
    }

    private static FailureException NotInstalled(string why) => PublishFailures.NotPublished($"The executable was not installed: {why}.");
}
