using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ccaas.Action.Reuse;

/// <summary>
/// What the framework does not tell of a file on Linux, and cannot change: whose it is. A container runs as root; what it
/// leaves in the runner's folder must belong to the runner's user, or that user's own steps could not read it.
/// </summary>
internal static partial class UnixFiles
{
    // statx(2) has the same layout on every architecture, which stat(2) has not.
    private const int BufferLength = 256;
    private const int UidOffset = 20;
    private const int GidOffset = 24;
    private const int ModeOffset = 28;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const int TypeMask = 0xf000;
    private const int RegularFile = 0x8000;

    /// <summary>Whether there is a file of its own under the path: no link, no folder, no pipe.</summary>
    public static bool IsRegular(string path) => OperatingSystem.IsLinux()
        ? Ask(path) is (var mode, _, _) && (mode & TypeMask) == RegularFile
        : File.Exists(path) && new FileInfo(path).LinkTarget is null;

    /// <summary>
    /// Gives an open file to the owner of its folder, where this user may; where not, it stays as it is. The open file and not
    /// its path, under which that owner could have put another one by now.
    /// </summary>
    public static void GiveToOwnerOf(string folder, FileStream file)
    {
        if (OperatingSystem.IsLinux() && Ask(folder) is (_, var uid, var gid))
        {
            _ = ChangeOwner(file.SafeFileHandle, uid, gid);
        }
    }

    private static (int Mode, uint Uid, uint Gid)? Ask(string path)
    {
        Span<byte> answer = stackalloc byte[BufferLength];
        return StatX(CurrentFolder, path, NoFollow, BasicStats, ref MemoryMarshal.GetReference(answer)) == 0
            ? (BinaryPrimitives.ReadUInt16LittleEndian(answer[ModeOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(answer[UidOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(answer[GidOffset..]))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte answer);

    [LibraryImport("libc", EntryPoint = "fchown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(SafeFileHandle file, uint uid, uint gid);
}
