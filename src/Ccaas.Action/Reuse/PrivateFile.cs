using Microsoft.Win32.SafeHandles;

namespace Ccaas.Action.Reuse;

/// <summary>Files that are their owner's alone from the first moment on (mode 0600). Outside Linux by the framework alone, which knows no better.</summary>
internal static class PrivateFile
{
    /// <summary>Opens a file of the folder: to read it, or to hold it for as long as it is open.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="access">Only to be read; or to be held.</param>
    /// <returns>Null when nothing is there.</returns>
    /// <exception cref="IOException">Something else stands in its place.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static SafeFileHandle? Open(string folder, string path, FileAccess access)
    {
        if (OperatingSystem.IsLinux())
        {
            return UnixFiles.OpenExisting(folder, path, access);
        }

        try
        {
            return File.OpenHandle(path, FileMode.Open, access, access == FileAccess.Read ? FileShare.ReadWrite | FileShare.Delete : FileShare.None);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes a file where nothing is, and so follows no link, and gives it to the folder's owner.</summary>
    /// <returns>Null when something is there.</returns>
    /// <exception cref="IOException">There is no room, or the folder is read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static SafeFileHandle? Create(string folder, string path)
    {
        if (OperatingSystem.IsLinux())
        {
            var file = UnixFiles.Create(path);
            if (file is not null)
            {
                UnixFiles.GiveToOwnerOf(folder, file);
            }

            return file;
        }

        try
        {
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            if (!OperatingSystem.IsWindows())
            {
                // Before anything is in it.
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return file;
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Makes a folder that no other user may enter (mode 0700), if there is none.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not make it.</exception>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
