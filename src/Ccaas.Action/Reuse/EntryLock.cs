namespace Ccaas.Action.Reuse;

/// <summary>
/// The right to request a token for an entry. It is a lock of the operating system on a file (flock on Linux), which ends with
/// the process that holds it, however that ends. The file stays: deleting it would let two processes lock two files.
/// </summary>
internal sealed class EntryLock : IDisposable
{
    // EWOULDBLOCK on Linux and on macOS, and ERROR_SHARING_VIOLATION.
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private EntryLock(FileStream file) => _file = file;

    /// <returns>Null when another process holds it.</returns>
    /// <exception cref="IOException">There is no room, the folder is read-only, or something else stands in the file's place.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or the folder belongs to somebody else.</exception>
    public static EntryLock? TryTake(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return new EntryLock(File.Exists(path) ? OpenExisting(path) : Create(folder, path));
        }
        catch (IOException exception) when (HeldByAnother.Contains(exception.HResult))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Create(string folder, string path)
    {
        try
        {
            var file = PrivateFile.Create(path);
            UnixFiles.GiveToOwnerOf(folder, file);
            return file;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
            return OpenExisting(path);
        }
    }

    private static FileStream OpenExisting(string path) =>
        // Should a link take its place after the question, a file elsewhere is locked for a moment; it is neither read nor written.
        UnixFiles.IsRegular(path) ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0) : throw new IOException("Not a file of its own.");
}
