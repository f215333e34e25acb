using Ccaas.Action.Foundation;
using Ccaas.Action.Publishing;

namespace Ccaas.Action.Systems.GitHubActions;

/// <summary>Appends to several command files as one: all of them, or none.</summary>
internal static class CommandFiles
{
    /// <param name="entries">Path and text; an entry without path or text is passed over.</param>
    public static Failure? AppendAll(IEnumerable<(string? Path, string Text)> entries)
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

            return null;
        }
        catch (Exception exception)
        {
            begun.ForEach(TakeBack);
            // A file over the system's limit on size (EFBIG) comes as the last of these.
            if (exception is not (IOException or UnauthorizedAccessException or ArgumentOutOfRangeException))
            {
                throw;
            }

            return PublishFailures.NotWritten("The runner's command files");
        }
        finally
        {
            opened.ForEach(entry => entry.File.Dispose());
        }
    }

    private static void TakeBack(CommandFile file)
    {
        try
        {
            file.TakeBack();
        }
        catch (IOException)
        {
            // Making a file shorter needs no room; when even that fails, nothing more can be done here.
        }
    }
}
