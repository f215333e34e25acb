namespace Ccaas.Action;

/// <summary>
/// Standard output or standard error, by write(2) alone. The stream that Console opens takes SIGINT and SIGQUIT for itself and
/// passes them on by a thread, a moment later: one that comes just before exec calls execve would be lost.
/// </summary>
internal sealed partial class StandardStream(int descriptor) : Stream
{
    public const int Output = 1;
    public const int Error = 2;

    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    /// <summary>POLLOUT of poll(2).</summary>
    private const short Writable = 4;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static Stream Open(int descriptor) =>
        !OperatingSystem.IsWindows() ? new StandardStream(descriptor)
        : descriptor == Output ? Console.OpenStandardOutput()
        : Console.OpenStandardError();

    /// <exception cref="IOException">It cannot be written: a full disk, or it is closed. A reader that has gone is no error.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = WriteTo(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == BrokenPipe)
            {
                return;
            }

            if (error == TryAgain)
            {
                // Another program of the job has made a stream that they share non-blocking, and its reader is slow.
                var stream = new PolledStream { Descriptor = descriptor, Events = Writable };
                _ = Poll(ref stream, 1, -1);
            }
            else if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
        // Nothing is kept.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static int TryAgain => OperatingSystem.IsMacOS() ? 35 : 11;

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint WriteTo(int descriptor, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PolledStream stream, nuint count, int milliseconds);

    private struct PolledStream
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
