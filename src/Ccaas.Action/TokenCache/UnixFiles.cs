using System.Buffers.Binary;

namespace Ccaas.Action.TokenCache;

/// <summary>
/// Files in a folder that others may write to, on Linux. Direct system calls, because the framework follows links, waits for the
/// other end of a pipe, does not say who owns a file, and has locks that an environment variable disables. Everything is checked
/// on the open file, because its path may name another file by then.
/// </summary>
internal static partial class UnixFiles
{
    // open(2), fcntl.h: the same numbers on every architecture of .NET, with one exception.
    private const int ReadWrite = 0x2;
    private const int CreateNew = 0x40 | 0x80;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int OwnerOnly = 0x180;
    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    // statx(2) has the same layout on every architecture; stat(2) does not.
    private const int BufferLength = 256;
    private const int UidOffset = 20;
    private const int GidOffset = 24;
    private const int ModeOffset = 28;
    private const int CurrentFolder = -100;
    private const int OfTheFileItself = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int TypeMask = 0xf000;
    private const int RegularFile = 0x8000;

    private const int LockExclusiveNow = 2 | 4;

    private const int NotPermitted = 1;
    private const int NotThere = 2;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int AccessDenied = 13;
    private const int FileExists = 17;

    /// <summary>Opens a regular file without following a link and without waiting.</summary>
    /// <returns>Null when nothing exists at the path.</returns>
    /// <exception cref="IOException">It is a link, a pipe, a folder, or a file of a third user.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not open it.</exception>
    public static SafeFileHandle? OpenExisting(string folder, string path, FileAccess access)
    {
        if (Open(path, (access == FileAccess.Read ? 0 : ReadWrite) | NonBlocking | NoFollow | CloseOnExec) is not { } file)
        {
            return null;
        }

        // The content is authenticated; but only root, this user and the folder's owner may have written the file.
        if (Stat(file, "", OfTheFileItself) is var (mode, uid, _) && (mode & TypeMask) == RegularFile
            && (uid == 0 || uid == EffectiveUser() || uid == Stat(null, folder, 0)?.Uid))
        {
            return file;
        }

        file.Dispose();
        throw new IOException("Not a file of its own.");
    }

    /// <summary>Creates a file that only its owner can access.</summary>
    /// <returns>Null when something exists at the path.</returns>
    /// <exception cref="IOException">The disk is full, or the folder is read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write in the folder.</exception>
    public static SafeFileHandle? Create(string path) => Open(path, ReadWrite | CreateNew | NoFollow | CloseOnExec);

    /// <summary>Locks an open file (flock(2)). The lock ends with the last handle, however the process ends.</summary>
    /// <returns>False when another process holds it. True where the file system has no locks: the lock only saves requests.</returns>
    public static bool TryLock(SafeFileHandle file)
    {
        int error;
        do
        {
            error = Lock(file, LockExclusiveNow) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        while (error == Interrupted);
        return error != WouldBlock;
    }

    /// <summary>
    /// Gives an open file to the owner of its folder, if this user may. A container runs as root, and the user that the runner runs as
    /// must be able to read its files.
    /// </summary>
    public static void GiveToOwnerOf(string folder, SafeFileHandle file)
    {
        if (Stat(null, folder, 0) is (_, var uid, var gid))
        {
            _ = ChangeOwner(file, uid, gid);
        }
    }

    private static SafeFileHandle? Open(string path, int flags)
    {
        while (true)
        {
            var file = OpenFile(path, flags, OwnerOnly);
            if (!file.IsInvalid)
            {
                return file;
            }

            var error = Marshal.GetLastPInvokeError();
            file.Dispose();
            switch (error)
            {
                case Interrupted:
                    continue;
                case NotThere when (flags & CreateNew) == 0:
                case FileExists when (flags & CreateNew) != 0:
                    return null;
                case NotPermitted or AccessDenied:
                    throw new UnauthorizedAccessException("Not permitted.");
                default:
                    throw new IOException($"Not opened, error {error}.");
            }
        }
    }

    private static (int Mode, uint Uid, uint Gid)? Stat(SafeFileHandle? file, string path, int flags)
    {
        Span<byte> status = stackalloc byte[BufferLength];
        return StatX(file?.DangerousGetHandle().ToInt32() ?? CurrentFolder, path, flags, BasicStats,
            ref MemoryMarshal.GetReference(status)) == 0
            ? (BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(status[UidOffset..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[GidOffset..]))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle OpenFile(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "fchown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(SafeFileHandle file, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
