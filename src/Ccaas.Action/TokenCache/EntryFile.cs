namespace Ccaas.Action.TokenCache;

/// <summary>A text in a file that no other user can read. A reader finds all of it or nothing.</summary>
internal sealed class EntryFile(string folder, string name, TimeProvider time)
{
    private const int Longest = 256 * 1024;

    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(10);

    private readonly string _path = Path.Combine(folder, name);

    /// <returns>The text; null when there is none.</returns>
    /// <exception cref="IOException">It cannot be read, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public string? Read()
    {
        using var file = PrivateFile.Open(folder, _path, FileAccess.Read);
        if (file is null)
        {
            return null;
        }

        // This program writes no longer ones.
        var bytes = new byte[Math.Min(RandomAccess.GetLength(file), Longest)];
        var length = 0;
        for (var read = 1; read > 0 && length < bytes.Length; length += read)
        {
            read = RandomAccess.Read(file, bytes.AsSpan(length), length);
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Writes another file and renames it. A symbolic link at the path is replaced, never its target.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write in the folder.</exception>
    public void Write(string text)
    {
        if (File.Exists(_path))
        {
            // Without an entry there is hardly anything to clean up, and the first step of a job should be fast.
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

    // Files of processes that were killed during a write; no write takes this long.
    private void DeleteLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(folder, $"{name}.*.new")
            .Where(file => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > LongestWrite))
        {
            File.Delete(file);
        }
    }
}

/// <summary>Files that only their owner can access, from the start (mode 0600). Outside Linux with the framework's calls.</summary>
internal static class PrivateFile
{
    /// <summary>Opens a file of the folder, to read or to lock it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="access">Read, or read and write for a lock.</param>
    /// <returns>Null when it does not exist.</returns>
    /// <exception cref="IOException">It is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not open it.</exception>
    public static SafeFileHandle? Open(string folder, string path, FileAccess access)
    {
        if (OperatingSystem.IsLinux())
        {
            return UnixFiles.OpenExisting(folder, path, access);
        }

        try
        {
            return File.OpenHandle(path, FileMode.Open, access, access == FileAccess.Read
                ? FileShare.ReadWrite | FileShare.Delete
                : FileShare.None);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Creates a file, which follows no link, and gives it to the folder's owner.</summary>
    /// <returns>Null when something exists at the path.</returns>
    /// <exception cref="IOException">The disk is full, or the folder is read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write in the folder.</exception>
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
                // Before the first write.
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return file;
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Creates a folder that no other user may enter (mode 0700), if it does not exist.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not create it.</exception>
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
