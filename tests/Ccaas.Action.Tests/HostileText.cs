using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests;

/// <summary>Text as an attacker, or a very unlucky vendor, would write it.</summary>
internal static class HostileText
{
    public const int Longest = 65536;

    private static readonly string[] Pieces =
    [
        // Ends of lines, and what others take for one.
        "\n", "\r", "\r\n", "\n\n", "\u0085", "\u2028", "\u2029", "\v", "\f",
        // Workflow commands, old and new, and pieces that make one once something between them is taken out.
        "::", ":::", ":", "::error::", "\n::add-mask::x", "::stop-commands::x", "::set-output name=a::b", "::debug::", "::endgroup::",
        "##[", "###[", "#", "##", "[", "]", "##[add-mask]x", "##[group]", "##vso[", "##VSO[", "##v\u200Bso[", "##vso[task.setvariable]",
            ";",
        // Escapes of both.
        "%", "%0A", "%0D", "%25", "%3A", "%2C", "%3B", "%5D", "%250A",
        // Command files.
        "<<", "name<<EOF", "EOF", "\nEOF\n", "=", "name=value", "\nPATH=/tmp\n", "ccaas_", "ccaas_0123456789abcdef0123456789abcdef",
        // Control, bidirectional, zero width, and halves of characters.
        "\0", "\a", "\b", "\u001B[31m", "\u007F", "\u202E", "\u202D", "\u2066", "\u200B", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\uE000",
            "\uFFFE",
        "\uD800", "\uDC00", "\uDBFF", "\uDFFF",
        // Markdown, HTML, shells.
        "|", "\\|", "\\", "\\\\", "`", "``", "*", "_", "~", "~/", "~root/", ":~/", "<", "<img src=x>", "</td>", "<!--", ">", "&", "&lt;",
            "@octocat", "#1",
        "[x](http://y)", "![x](y)", "---", "|---|", "'", "''", "\"", "$", "$(id)", "`id`", "${HOME}", "!", "&&", ",",
        // And harmless text between.
        " ", "  ", "\t", "\u00A0", "a", "Z", "0", "ordinary words", "é", "e\u0301", "日本", "😀", "…",
    ];

    /// <summary>Mostly short; one in sixteen fills up to 64 KiB.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (15, Joined(Gen.Elements(Pieces), 0, 12)),
        (1, from text in Joined(Gen.Elements(Pieces), 1, 40) from length in Gen.Choose(300, Longest) select Repeat(text, length)));

    /// <summary>Without what UTF-8 cannot carry: halves of surrogate pairs become the replacement character.</summary>
    public static Gen<string> Utf8 { get; } = Any.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    /// <summary>What a token may hold (printable ASCII without the space), with what is awkward in it made likely.</summary>
    public static Gen<string> Token { get; } = Gen.Frequency(
        (9, Joined(Printable, 1, 60)),
        (3, Joined(Gen.Elements("~", "~/", "~root", ":", "::", "'", "\"", "\\", "$HOME", "`", "%0A", "##[", "##vso[", "<<", "=", "!", "#",
            "a"), 1, 8)),
        (1, from text in Joined(Printable, 1, 60) from length in Gen.Choose(300, Longest) select Repeat(text, length)));

    /// <summary>A random secret of the given number of characters.</summary>
    public static Gen<string> Secret(int shortest, int longest) => Joined(Printable, shortest, longest);

    private static Gen<string> Printable => Gen.Choose('!', '~').Select(code => ((char)code).ToString());

    private static Gen<string> Joined(Gen<string> pieces, int fewest, int most) =>
        from count in Gen.Choose(fewest, most)
        from list in Gen.ListOf(pieces, count)
        select string.Concat(list);

    private static string Repeat(string text, int length) =>
        string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1))[..length];
}
