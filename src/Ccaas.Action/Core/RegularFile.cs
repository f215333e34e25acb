using System.Buffers.Binary;

namespace Ccaas.Action.Core;

/// <summary>
/// Opens files that inputs and the environment name. Links are followed, because secrets are mounted as links. Only regular files
/// are accepted: a pipe would make the program wait, and a device may have no end.
/// </summary>
internal static partial class RegularFile
{
    // open(2) and statx(2); the numbers are the same on x64 and arm64.
    private const int ReadWrite = 0x2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int EmptyPath = 0x1000;
    private const uint TypeOnly = 0x1;
    private const int BufferLength = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xf000;
    private const int Regular = 0x8000;
    private const int Pipe = 0x1000;
    private const int NoPermission = 1, NoEntry = 2, NoAccess = 13, NotADirectory = 20, ReadOnlyFileSystem = 30;

    /// <exception cref="IOException">The file does not exist, is not a regular file (<see cref="UnusableFileException"/>), or
    /// cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not open it.</exception>
    /// <exception cref="ArgumentException">The path is empty or contains a NUL.</exception>
    public static FileStream Open(string path, FileAccess access)
    {
        var full = Path.GetFullPath(path);
        if (!OperatingSystem.IsLinux())
        {
            // Opening a named pipe of Windows does not wait.
            return new FileStream(full, FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);
        }

        var flags = NonBlocking | NoControllingTerminal | CloseOnExec | (access == FileAccess.Read ? 0 : ReadWrite);
        var handle = OpenWithoutWaiting(full, flags);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            throw Marshal.GetLastPInvokeError() switch
            {
                NoEntry or NotADirectory => new FileNotFoundException(),
                NoPermission or NoAccess or ReadOnlyFileSystem => new UnauthorizedAccessException(),
                _ => new IOException(),
            };
        }

        // Checked on the open file: the path may name another file by now.
        if (!Is(handle, Regular))
        {
            handle.Dispose();
            throw new UnusableFileException("is no regular file; give the path of a file, not of a pipe, a device or a folder.");
        }

        return new FileStream(handle, access, bufferSize: 0);
    }

    /// <summary>Reads the whole text, whatever the file's length is: files of the kernel (/proc, /sys) have length 0.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="longest">Maximum length in bytes; a longer file is refused, not cut.</param>
    /// <inheritdoc cref="Open" path="exception"/>
    public static string Read(string path, int longest)
    {
        using var file = Open(path, FileAccess.Read);
        var bytes = new byte[(file.Length is > 0 and var length && length < longest ? (int)length : longest) + 1];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count == bytes.Length)
        {
            throw new UnusableFileException($"the file is too large to hold this; more than {longest / 1000} KB are not read.");
        }

        // A byte order mark, as PowerShell writes it, says the encoding.
        using var text = new StreamReader(new MemoryStream(bytes, 0, count));
        return text.ReadToEnd();
    }

    /// <summary>Whether the open file is a pipe; on Linux.</summary>
    public static bool IsPipe(SafeFileHandle handle) => Is(handle, Pipe);

    private static bool Is(SafeFileHandle handle, int type)
    {
        Span<byte> status = stackalloc byte[BufferLength];
        return StatX(handle, "", EmptyPath, TypeOnly, ref MemoryMarshal.GetReference(status)) == 0
            && (BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]) & TypeMask) == type;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle OpenWithoutWaiting(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(SafeFileHandle file, string path, int flags, uint mask, ref byte status);
}

/// <param name="problem">Follows the input's name: what is wrong and what to do.</param>
internal sealed class UnusableFileException(string problem) : IOException
{
    public string Problem => problem;
}
