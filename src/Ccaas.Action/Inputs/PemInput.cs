using Ccaas.Action.Foundation;

namespace Ccaas.Action.Inputs;

/// <summary>Reads an input that is PEM text or the path of a PEM file.</summary>
internal static class PemInput
{
    /// <summary>A bundle of every public root is under 300 KB; more than this is neither certificates nor a key.</summary>
    private const int LargestFile = 2_000_000;

    /// <param name="inputs">Where it is read from.</param>
    /// <param name="name">The input's name.</param>
    /// <param name="begin">How PEM text of this kind begins; text with it in is no path.</param>
    /// <returns>The text; null when none was given or the file cannot be read.</returns>
    public static string? Read(InputReader inputs, string name, string begin)
    {
        if (inputs.Text(name) is not { } text)
        {
            return null;
        }

        return text.Contains(begin, StringComparison.Ordinal) ? WithLineBreaks(text) : ReadFile(text, inputs, name);
    }

    /// <summary>Secret stores that hold one line only make people write line breaks as backslash and n.</summary>
    public static string WithLineBreaks(string text) => text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

    private static string? ReadFile(string path, InputReader inputs, string name)
    {
        try
        {
            return RegularFile.Read(path, LargestFile);
        }
        catch (UnusableFileException unusable)
        {
            inputs.Problems.Add(name, unusable.Problem);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // A secret's text may be a damaged key, so it is not shown.
            var shown = InputCatalog.Get(name).IsSecret ? "" : $" '{inputs.Shown(name)}'";
            inputs.Problems.Add(name, $"is no PEM text, and there is no file{shown}; a container sees the workspace and the runner's temp folder only.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            inputs.Problems.Add(name, "the file cannot be read; check its path and permissions.");
        }

        return null;
    }
}
