using System.Runtime.CompilerServices;
using Xunit;

namespace Ccaas.Testing;

/// <summary>
/// Compares a text with the accepted one beside the test, after the conventions of Verify: <c>Class.Method.verified.txt</c>
/// is in the repository, <c>.received.txt</c> is written on a mismatch and ignored by git. Accepting a change is renaming
/// the file, or running the tests once with CCAAS_ACCEPT_SNAPSHOTS=1.
/// </summary>
public static class Snapshot
{
    public static void Verify(string text, string? name = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var stem = Path.Combine(
            Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}{(name is null ? "" : $".{name}")}");
        var (verified, received) = ($"{stem}.verified.txt", $"{stem}.received.txt");
        text = text.ReplaceLineEndings("\n");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        var accept = Environment.GetEnvironmentVariable("CCAAS_ACCEPT_SNAPSHOTS") == "1";
        File.WriteAllText(accept ? verified : received, text);
        if (!accept)
        {
            Assert.Fail($"{Path.GetFileName(verified)} {(expected is null ? "does not exist yet" : "differs")}; "
                + $"received:\n{text}\n{(expected is null ? "" : $"accepted:\n{expected}")}");
        }
    }
}
