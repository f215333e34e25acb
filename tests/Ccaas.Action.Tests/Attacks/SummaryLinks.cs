using System.Net;
using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>
/// What a reader of Markdown could make a link of: a strict model of the rules of GitHub Flavored Markdown (§6.6 links, §6.9
/// autolinks, §6.11 raw HTML, and the extended autolinks of its §6.9), of what looks for addresses in the text once it is
/// rendered, and of GitHub's mentions. It finds more than those do, and nothing less.
/// </summary>
internal static partial class SummaryLinks
{
    public static IReadOnlyList<string> In(string markdown)
    {
        var text = Code().Replace(markdown, " ");
        var links = Inline().Matches(text).Concat(Angle().Matches(text)).Concat(Html().Matches(text)).Select(match => match.Groups[1].Value)
            .ToList();
        // As it is read in the source, and once escapes and entities are gone: implementations differ in when they look.
        text = Inline().Replace(text, " ");
        foreach (var seen in new[] { text,
            WebUtility.HtmlDecode(Escape().Replace(text, "$1").Replace("&colon;", ":", StringComparison.Ordinal)) })
        {
            links.AddRange(Address().Matches(seen).Concat(Web().Matches(seen)).Concat(Mail().Matches(seen)).Concat(Mention().Matches(seen))
                .Select(match => match.Value));
        }

        return links;
    }

    [GeneratedRegex(@"(?<!\\)`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!\\)\](?:\(|: ?|\[)([^)\]\s]+)[)\]]?")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<!\\)<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[^<>\s]+@[^<>\s]+)>")]
    private static partial Regex Angle();

    [GeneratedRegex(@"(?<!\\)<((?:[A-Za-z/!?])[^>]*)>")]
    private static partial Regex Html();

    [GeneratedRegex(@"\\([!-/:-@\[-`{-~])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?i)[a-z][a-z0-9+.-]*://\S*")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?i)www\.\S*")]
    private static partial Regex Web();

    [GeneratedRegex(@"[A-Za-z0-9._+-]+@[A-Za-z0-9._-]+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"@[A-Za-z0-9][A-Za-z0-9/-]*")]
    private static partial Regex Mention();
}
