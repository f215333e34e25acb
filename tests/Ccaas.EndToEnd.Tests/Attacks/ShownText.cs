using System.Text.RegularExpressions;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>What people read of a run.</summary>
internal static partial class ShownText
{
    /// <summary>Characters that a log may have, however much the server or an input says.</summary>
    public const int Longest = 16 * 1024;

    /// <summary>Both streams without the commands that mask, and without the token that a script is given.</summary>
    public static string Of(Run run) =>
        string.Join('\n', ((run.IsScript ? "" : run.Output) + run.Error).Split('\n').Where(line => !IsMask(line)));

    public static bool IsMask(string line) =>
        line.StartsWith("::add-mask::", StringComparison.Ordinal) || line.StartsWith("##vso[task.setsecret]", StringComparison.Ordinal);

    /// <summary>Short, visible, and no bug report.</summary>
    public static void AssertHarmless(string text, int longest = Longest)
    {
        Assert.InRange(text.Length, 0, longest);
        Assert.DoesNotMatch(Invisible(), text);
        Assert.DoesNotContain("bug in this program", text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Control characters, and letters that nobody sees or that turn the text around.</summary>
    [GeneratedRegex(@"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")]
    private static partial Regex Invisible();
}
