using Microsoft.Win32.SafeHandles;

namespace Ccaas.Action.Reuse;

/// <summary>
/// The right to request a token for an entry. It is a lock of the operating system on a file (flock on Linux), which ends with
/// the process that holds it, however that ends. The file stays: deleting it would let two processes lock two files.
/// </summary>
internal sealed class EntryLock : IDisposable
{
    // EWOULDBLOCK on macOS, and ERROR_SHARING_VIOLATION, where the framework locks.
    private static readonly int[] HeldByAnother = [35, unchecked((int)0x80070020)];

    private readonly SafeFileHandle _file;

    private EntryLock(SafeFileHandle file) => _file = file;

    /// <returns>Null when another process holds it.</returns>
    /// <exception cref="IOException">There is no room, the folder is read-only, or something else stands in the file's place.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or the folder belongs to somebody else.</exception>
    public static EntryLock? TryTake(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            // A file that appears in between is another process' that was faster; one that disappears as well was no lock's.
            var file = Open(folder, path) ?? PrivateFile.Create(folder, path) ?? Open(folder, path) ?? throw new IOException("Not a file of its own.");
            if (!OperatingSystem.IsLinux() || UnixFiles.TryLock(file))
            {
                return new EntryLock(file);
            }

            file.Dispose();
            return null;
        }
        catch (IOException exception) when (HeldByAnother.Contains(exception.HResult))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle? Open(string folder, string path) => PrivateFile.Open(folder, path, FileAccess.ReadWrite);
}
