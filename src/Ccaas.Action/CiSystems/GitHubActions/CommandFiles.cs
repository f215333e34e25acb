namespace Ccaas.Action.CiSystems.GitHubActions;

/// <summary>
/// The files in which a step passes values to the runner. Each file is appended by a single write, which is undone when it
/// fails: a half-written file fails the step with an error about delimiters.
/// </summary>
internal static class CommandFiles
{
    /// <param name="entries">Entries without a path or without text are skipped.</param>
    /// <exception cref="FailureException">One of the files could not be written; all are as they were before.</exception>
    public static void AppendAll(IEnumerable<(string? Path, string Text)> entries)
    {
        var opened = new List<(FileStream File, string Text)>();
        var started = new List<(FileStream File, long LengthBefore)>();
        try
        {
            foreach (var (path, text) in entries)
            {
                if (!string.IsNullOrEmpty(path) && text.Length > 0)
                {
                    opened.Add((Open(path), text));
                }
            }

            foreach (var (file, text) in opened)
            {
                started.Add((file, file.Length));
                Append(file, text);
            }
        }
        catch (Exception exception)
        {
            started.ForEach(entry => Truncate(entry.File, entry.LengthBefore));
            // .NET reports a file over the size limit of the process (EFBIG) as the last of these.
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

    // Opened for reading too: Append reads the last byte. The stream has no buffer, so that one Write is one write(2).
    /// <exception cref="IOException">The file cannot be opened, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write the file.</exception>
    public static FileStream Open(string path) => RegularFile.Open(path, FileAccess.ReadWrite);

    /// <summary>Name and value in the heredoc form, which allows any text; the random delimiter is in no value.</summary>
    public static string Entry(string name, string value)
    {
        // A version 4 GUID has 122 random bits, and needs no cryptographic library to be loaded.
        string delimiter;
        do
        {
            delimiter = $"ccaas_{Guid.NewGuid():N}";
        }
        while (value.Contains(delimiter, StringComparison.Ordinal));

        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }

    private static void Append(FileStream file, string text)
    {
        // An earlier program of the step may have left a line without its end.
        var isMidLine = file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() != '\n';
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(isMidLine ? $"\n{text}" : text));
        file.Flush();
    }

    private static void Truncate(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (IOException)
        {
            // Making a file shorter needs no disk space. If even that fails, nothing more can be done.
        }
    }
}
