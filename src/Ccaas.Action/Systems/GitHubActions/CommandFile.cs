using System.Text;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Systems.GitHubActions;

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
    public void TakeBack() => _file.SetLength(_lengthBefore);

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
