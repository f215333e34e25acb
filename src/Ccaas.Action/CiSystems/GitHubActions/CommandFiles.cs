namespace Ccaas.Action.CiSystems.GitHubActions;

/// <summary>Appends to several command files as one: all of them, or none.</summary>
internal static class CommandFiles
{
    /// <param name="entries">Path and text; an entry without path or text is passed over.</param>
    /// <exception cref="FailureException">One of them could not be written; nothing was.</exception>
    public static void AppendAll(IEnumerable<(string? Path, string Text)> entries)
    {
        var opened = new List<(CommandFile File, string Text)>();
        var begun = new List<CommandFile>();
        try
        {
            foreach (var (path, text) in entries)
            {
                if (!string.IsNullOrEmpty(path) && text.Length > 0)
                {
                    opened.Add((CommandFile.Open(path), text));
                }
            }

            foreach (var (file, text) in opened)
            {
                begun.Add(file);
                file.Append(text);
            }
        }
        catch (Exception exception)
        {
            begun.ForEach(Undo);
            // A file over the system's limit on size (EFBIG) comes as the last of these.
            if (exception is not (IOException or UnauthorizedAccessException or ArgumentOutOfRangeException))
            {
                throw;
            }

            throw PublishFailures.NotWritten("The runner's command files");
        }
        finally
        {
            opened.ForEach(entry => entry.File.Dispose());
        }
    }

    private static void Undo(CommandFile file)
    {
        try
        {
            file.Undo();
        }
        catch (IOException)
        {
            // Making a file shorter needs no room; when even that fails, nothing more can be done here.
        }
    }
}

/// <summary>
/// One of the files through which a step hands values to the runner. Everything is appended by a single write, and taken back
/// when that write fails, because a half-written file fails the step with a message about delimiters.
/// </summary>
internal sealed class CommandFile : IDisposable
{
    private readonly FileStream _file;
    private long _lengthBefore;

    private CommandFile(FileStream file) => _file = file;

    /// <exception cref="IOException">The file cannot be opened, or is no regular one.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static CommandFile Open(string path) =>
        // Read as well, to see whether what an earlier program of this step wrote ends with a line break. No buffer: one write is one write.
        new(RegularFile.Open(path, FileAccess.ReadWrite));

    public void Append(string text)
    {
        _lengthBefore = _file.Seek(0, SeekOrigin.End);
        var bytes = Encoding.UTF8.GetBytes(EndsInMidLine() ? $"\n{text}" : text);
        _file.Seek(0, SeekOrigin.End);
        _file.Write(bytes);
        _file.Flush();
    }

    /// <summary>Undoes <see cref="Append"/>.</summary>
    public void Undo() => _file.SetLength(_lengthBefore);

    public void Dispose() => _file.Dispose();

    /// <summary>Name and value in the heredoc form, which holds any text; the delimiter is random, so no value can end it.</summary>
    public static string Entry(string name, string value)
    {
        // A version 4 GUID: 122 random bits from the operating system, without loading a cryptographic library for them.
        string delimiter;
        do
        {
            delimiter = $"ccaas_{Guid.NewGuid():N}";
        }
        while (value.Contains(delimiter, StringComparison.Ordinal));

        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }

    private bool EndsInMidLine()
    {
        if (_lengthBefore == 0)
        {
            return false;
        }

        _file.Seek(-1, SeekOrigin.End);
        return _file.ReadByte() != '\n';
    }
}
