namespace Ccaas.Action.CiSystems;

/// <summary>
/// The standard output and standard error of a step, for the masks of a script in it. The streams of this process would not do:
/// a script often sends them to a file or a variable. The CI system reads a step's two pipes in parallel, so a mask is certain
/// to take effect before the token appears only if it was written to the same pipe; therefore it is written to both. On Linux,
/// the step's first process is an ancestor of this one, and /proc has its streams (docs/decisions/0018-masks-in-scripts.md).
/// </summary>
internal sealed class StepStreams
{
    /// <summary>PIPE_BUF of Linux: a write up to this size is atomic (pipe(7)).</summary>
    private const int AtomicWrite = 4096;

    private static readonly string OwnId = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private readonly IReadOnlyList<string> _pipes;

    private StepStreams(IReadOnlyList<string> pipes) => _pipes = pipes;

    /// <param name="environment">The script's environment.</param>
    /// <param name="marker">A variable that has another value in every step.</param>
    /// <returns>Null where no pipe of the step can be written.</returns>
    public static StepStreams? Find(ProcessEnvironment environment, string marker)
    {
        if (!OperatingSystem.IsLinux()
            || environment.Variable(marker) is not { Length: > 0 } value
            || FirstProcess($"{marker}={value}") is not { } process)
        {
            return null;
        }

        // This process is the first one when a shell ran it with exec. Its own /proc is not readable (PR_SET_DUMPABLE).
        var folder = process == OwnId ? "" : $"/proc/{process}/fd/";
        string[] streams = [$"{folder}1", $"{folder}2"];
        List<string> pipes = [.. streams.DistinctBy(stream => LinkTarget(stream) ?? stream).Where(CanBeWritten)];
        return pipes.Count > 0 ? new StepStreams(pipes) : null;
    }

    public static void Check(StepStreams? streams, InputProblems problems)
    {
        if (streams is null)
        {
            problems.Add(
                "masks",
                "cannot reach the log of this step, so that a fresh token would show there; call ccaas-token on Linux, "
                + "in a process below the step's own and of the same user, whose output goes to the log.");
        }
    }

    /// <exception cref="IOException">The CI system does not have the masks; the token must not be printed.</exception>
    public static void Write(StepStreams? streams, IEnumerable<string> commands)
    {
        var blocks = Blocks(commands).ToList();
        foreach (var pipe in streams?._pipes ?? throw new IOException())
        {
            using var stream = Open(pipe) ?? throw new IOException();
            blocks.ForEach(block => stream.Write(block));
        }
    }

    /// <returns>The highest ancestor whose environment contains the entry, or this process.</returns>
    private static string? FirstProcess(string entry)
    {
        var first = OwnId;
        var parentOfFirst = ParentOf(first);
        for (var process = parentOfFirst; process is not (null or "0"); process = ParentOf(process))
        {
            if (Read($"/proc/{process}/environ").Split('\0').Contains(entry, StringComparer.Ordinal))
            {
                (first, parentOfFirst) = (process, ParentOf(process));
            }
        }

        // When a process has ended, its children become children of process 1: the processes between are no longer known.
        return parentOfFirst is null or "1" ? null : first;
    }

    private static string? ParentOf(string process) =>
        Read($"/proc/{process}/status").Split('\n').FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal))?[5..].Trim();

    private static string Read(string file) => Try(() => File.ReadAllText(file)) ?? "";

    private static string? LinkTarget(string stream) => Try(() => new FileInfo(stream).LinkTarget);

    private static bool CanBeWritten(string stream)
    {
        using var opened = Open(stream);
        return opened is not null;
    }

    /// <returns>Null for anything but a pipe: a mask command contains the token in plain text, and a file would keep it.</returns>
    private static FileStream? Open(string stream) => Try(() =>
    {
        if (int.TryParse(stream, CultureInfo.InvariantCulture, out var descriptor))
        {
            var handle = new SafeFileHandle(descriptor, ownsHandle: false);
            return RegularFile.IsPipe(handle) ? new FileStream(handle, FileAccess.Write, bufferSize: 0) : null;
        }

        // Without a buffer, each block is one write(2).
        return LinkTarget(stream)?.StartsWith("pipe:[", StringComparison.Ordinal) == true
            ? new FileStream(stream, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
            : null;
    });

    /// <returns>Null for another user's process, or one that has ended.</returns>
    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Blocks for one atomic write each. Each begins with a line break, because a command has to start a line.</summary>
    private static IEnumerable<byte[]> Blocks(IEnumerable<string> commands)
    {
        var block = new StringBuilder("\n");
        foreach (var command in commands)
        {
            if (block.Length > 1 && Encoding.UTF8.GetByteCount($"{block}{command}\n") > AtomicWrite)
            {
                yield return Encoding.UTF8.GetBytes(block.ToString());
                block.Clear().Append('\n');
            }

            block.Append(command).Append('\n');
        }

        yield return Encoding.UTF8.GetBytes(block.ToString());
    }
}
