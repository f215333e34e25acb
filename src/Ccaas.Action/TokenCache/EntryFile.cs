namespace Ccaas.Action.TokenCache;

/// <summary>A text in a file that no other user may read, and that is there whole or not at all.</summary>
internal sealed class EntryFile(string folder, string name, TimeProvider time)
{
    private const int Longest = 256 * 1024;

    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(10);

    private readonly string _path = Path.Combine(folder, name);

    /// <returns>The text; null when there is none.</returns>
    /// <exception cref="IOException">It cannot be read, or something else stands in its place.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    public string? Read()
    {
        using var file = PrivateFile.Open(folder, _path, FileAccess.Read);
        if (file is null)
        {
            return null;
        }

        // What is longer was not written here.
        var bytes = new byte[Math.Min(RandomAccess.GetLength(file), Longest)];
        var length = 0;
        for (var read = 1; read > 0 && length < bytes.Length; length += read)
        {
            read = RandomAccess.Read(file, bytes.AsSpan(length), length);
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Writes beside the file and renames. That replaces whatever stands there: of a symbolic link the link, never its target.</summary>
    /// <exception cref="IOException">There is no room, or the folder is read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Write(string text)
    {
        if (File.Exists(_path))
        {
            // Where there is no entry yet, there is hardly anything to clean up; and the first step of a job has to be quick.
            DeleteLeftovers();
        }

        var unfinished = $"{_path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = PrivateFile.Create(folder, unfinished) ?? throw new IOException("Something is there."))
            {
                RandomAccess.Write(file, Encoding.UTF8.GetBytes(text), fileOffset: 0);
            }

            File.Move(unfinished, _path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public void Delete() => File.Delete(_path);

    // Of processes that were killed while they wrote; no write takes this long.
    private void DeleteLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(folder, $"{name}.*.new").Where(file => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > LongestWrite))
        {
            File.Delete(file);
        }
    }
}

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
