namespace Ccaas.Action.CiSystems;

/// <summary>
/// The two pipes by which a runner reads a step, for the masks of a script that is part of it. The runner reads each by a reader
/// of its own. So a mask is certain to be known before a token is shown only where it went through the same pipe before, and a
/// token may be shown through either. The streams of this process do not serve: they are often a file, or a variable of a shell.
/// On Linux the step's first process is found above this one, and its streams in /proc (docs/decisions/0018-masks-in-scripts.md).
/// </summary>
internal sealed class StepStreams
{
    /// <summary>PIPE_BUF of Linux: nothing that another process writes comes between (pipe(7)).</summary>
    private const int WrittenWhole = 4096;

    private readonly IReadOnlyList<string> _pipes;

    private static string OwnId => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private StepStreams(IReadOnlyList<string> pipes) => _pipes = pipes;

    /// <param name="environment">The script's environment.</param>
    /// <param name="marker">A variable that has another value in every step.</param>
    /// <returns>Null where no pipe of the step can be reached.</returns>
    public static StepStreams? Find(ProcessEnvironment environment, string marker)
    {
        if (!OperatingSystem.IsLinux() || environment.Variable(marker) is not { Length: > 0 } value || FirstProcess($"{marker}={value}") is not { } process)
        {
            return null;
        }

        // This process may be the first itself (exec in a shell); its /proc is closed, because it may not be dumped.
        var folder = process == OwnId ? "" : $"/proc/{process}/fd/";
        List<string> pipes = [$"{folder}1", $"{folder}2"];
        pipes = [.. pipes.DistinctBy(pipe => Target(pipe) ?? pipe).Where(CanBeWritten)];
        return pipes.Count > 0 ? new StepStreams(pipes) : null;
    }

    public static void Check(StepStreams? step, InputProblems problems)
    {
        if (step is null)
        {
            problems.Add("masks", "cannot reach the log of this step, so that a fresh token would show there; call ccaas-token on Linux, in a process below the step's own and of the same user, whose output goes to the log.");
        }
    }

    /// <exception cref="IOException">The runner does not know the masks; nothing may be shown.</exception>
    public static void Write(StepStreams? step, IEnumerable<string> commands)
    {
        var blocks = Blocks(commands).ToList();
        foreach (var pipe in step?._pipes ?? throw new IOException())
        {
            using var stream = Open(pipe) ?? throw new IOException();
            blocks.ForEach(block => stream.Write(block));
        }
    }

    /// <summary>The highest process above this one that belongs to the step.</summary>
    private static string? FirstProcess(string entry)
    {
        var first = OwnId;
        var aboveFirst = ParentOf(first);
        for (var process = aboveFirst; process is not (null or "0"); process = ParentOf(process))
        {
            if (Read($"/proc/{process}/environ").Split('\0').Contains(entry, StringComparer.Ordinal))
            {
                (first, aboveFirst) = (process, ParentOf(process));
            }
        }

        // One whose parent has ended hangs below the first process of the machine: what stood between is not known any more.
        return aboveFirst is null or "1" ? null : first;
    }

    private static string? ParentOf(string process) =>
        Read($"/proc/{process}/status").Split('\n').FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal))?[5..].Trim();

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that has ended.
            return "";
        }
    }

    private static bool CanBeWritten(string stream)
    {
        using var opened = Open(stream);
        return opened is not null;
    }

    /// <summary>Null for everything but a pipe: a mask holds the token in clear, and a file would keep it.</summary>
    private static FileStream? Open(string stream)
    {
        try
        {
            if (int.TryParse(stream, CultureInfo.InvariantCulture, out var own))
            {
                using var handle = new SafeFileHandle(own, ownsHandle: false);
                return RegularFile.IsPipe(handle) ? new FileStream(new SafeFileHandle(own, ownsHandle: false), FileAccess.Write, bufferSize: 0) : null;
            }

            // Without a buffer, each block is one call of write(2).
            return IsPipe(stream) ? new FileStream(stream, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsPipe(string stream) => Target(stream)?.StartsWith("pipe:[", StringComparison.Ordinal) == true;

    private static string? Target(string stream)
    {
        try
        {
            return new FileInfo(stream).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Commands count at the beginning of a line only, and somebody may have written half a line: every block begins a new one.</summary>
    private static IEnumerable<byte[]> Blocks(IEnumerable<string> commands)
    {
        var block = new StringBuilder("\n");
        foreach (var command in commands)
        {
            if (block.Length > 1 && Encoding.UTF8.GetByteCount($"{block}{command}\n") > WrittenWhole)
            {
                yield return Encoding.UTF8.GetBytes(block.ToString());
                block.Clear().Append('\n');
            }

            block.Append(command).Append('\n');
        }

        yield return Encoding.UTF8.GetBytes(block.ToString());
    }
}
