using System.Text;
using System.Text.RegularExpressions;
using Ccaas.Sandbox;

namespace Ccaas.Testing;

/// <summary>A run as text to review: what was given, said, written and sent, without what differs from run to run.</summary>
public static partial class Transcript
{
    public static string Of(Run run)
    {
        var text = new StringBuilder();
        text.Append($"$ ccaas-token {string.Join(' ', run.Arguments)}".TrimEnd()).Append('\n');
        foreach (var (name, value) in run.World.Inputs.Where(input => input.Value is not null)
            .OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            text.Append($"  {name}: {OneLine(value!)}\n");
        }

        text.Append($"exit code {run.ExitCode}\n");
        Section(text, "stdout", run.World.ShowsAllMasks
            ? run.Output
            : Masks().Replace(Signature().Replace(run.Output, "(payload and signature of an assertion are masked)\n"), Summarize));
        Section(text, "stderr", run.World.ShowsAllMasks
            ? run.Error
            : Masks().Replace(Signature().Replace(run.Error, "(payload and signature of an assertion are masked)\n"), Summarize));
        foreach (var name in CommandFileSet.Names)
        {
            Section(text, name, run.File(name));
        }

        Section(text, "requests", string.Concat(run.World.Sandbox.Requests.Select(Request)));
        return Scrub(text.ToString(), run.World);
    }

    // One line for the many forms of one secret; a scenario of its own shows them all.
    private static string Summarize(Match masks)
    {
        var lines = masks.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // A key made for the test differs from run to run, and so does the number of its forms.
        var command = lines[0].StartsWith("::", StringComparison.Ordinal) ? "::add-mask::" : "##vso[task.setsecret]";
        return IsOfAKey(lines[0][command.Length..])
            ? $"{command} … every form of a key made for this run\n"
            : $"{lines[0]}\n{command} … and {lines.Length - 1} other forms\n";
    }

    private static bool IsOfAKey(string form) =>
        (form.StartsWith("-----BEGIN", StringComparison.Ordinal) || (form.Length > 60 && KeyLine().IsMatch(form)))
        && Canary.All.All(canary => canary.Value != form);

    private static void Section(StringBuilder text, string name, string content)
    {
        if (content.Length > 0)
        {
            text.Append($"\n--- {name}\n{content}{(content.EndsWith('\n') ? "" : "\n(no line break at the end)\n")}");
        }
    }

    private static string Request(SandboxRequest request)
    {
        var text = new StringBuilder($"{request.Method} {request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query} over "
            + $"{(request.IsHttps ? "https" : "http")}: {request.Outcome}{(request.Known ? "" : " (unknown to the sandbox)")}\n");
        foreach (var (name, value) in request.Headers.Where(header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase))
            .OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            text.Append($"  {name}: {value}\n");
        }

        return text.Append(request.Body.Length > 0 ? $"  {request.Body}\n" : "").ToString();
    }

    private static string OneLine(string value) => value.ReplaceLineEndings(" ⏎ ") is { Length: > 100 } text
        ? $"{text[..100]}…"
        : value.ReplaceLineEndings(" ⏎ ");

    private static string Scrub(string text, World world)
    {
        text = text
            .Replace($"127.0.0.1:{world.Sandbox.HttpAddress.Port}", "127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace($"127.0.0.1:{world.Sandbox.HttpsAddress.Port}", "127.0.0.1:{tls-port}", StringComparison.Ordinal)
            .Replace(world.Files.Folder, "{folder}", StringComparison.Ordinal);
        text = Delimiter().Replace(text, "{delimiter}");
        text = ExpiresIn().Replace(text, "$1{seconds}");
        text = Took().Replace(text, "after {time}");
        text = Wait().Replace(text, "trying again in {wait}");
        text = Correlation().Replace(text, "$1{id}");
        text = Sealed().Replace(text, "{sealed}");
        text = Assertion().Replace(text, "client_assertion={assertion}");
        text = Left().Replace(text, "$1{time}");
        text = PrivateKey().Replace(text, "-----BEGIN PRIVATE KEY----- {key}…");
        text = Proxy().Replace(text, "$1{proxy-port}");
        return Moment().Replace(text, "{moment}");
    }

    [GeneratedRegex("(^\n?(::add-mask::|##vso\\[task\\.setsecret\\]).*\n){2,}", RegexOptions.Multiline)]
    private static partial Regex Masks();

    /// <summary>A payload that begins with iss; a signature by ECDSA on P-256, or RSA of 2048 bits.</summary>
    [GeneratedRegex(@"^(::add-mask::|##vso\[task\.setsecret\])eyJpc3Mi[\w-]+\n\1(?:[\w-]{86}|[\w-]{342})\n", RegexOptions.Multiline)]
    private static partial Regex Signature();

    [GeneratedRegex("ccaas_[0-9a-f]{32}")]
    private static partial Regex Delimiter();

    [GeneratedRegex("(expires-in<<\\{delimiter\\}\n|\"expires_in\": |variable=expiresIn;[^]]*\\])[0-9]+")]
    private static partial Regex ExpiresIn();

    [GeneratedRegex(@"(?<=, attempt [0-9]+ of [0-9]+: .*)after [0-9.]+ (ms|s)", RegexOptions.Multiline)]
    private static partial Regex Took();

    [GeneratedRegex(@"trying again in [0-9.]+ (ms|s)")]
    private static partial Regex Wait();

    [GeneratedRegex(@"((?:moment|UTC), in |token lasts )[0-9.]+ (?:ms|s|min|h|d)(?: [0-9]+ (?:s|min|h))?(?=$| more)",
        RegexOptions.Multiline)]
    private static partial Regex Left();

    [GeneratedRegex("^MI[A-Za-z0-9+/]+=*$")]
    private static partial Regex KeyLine();

    /// <summary>A compact JWE with no encrypted key.</summary>
    [GeneratedRegex(@"\beyJ[\w-]+\.\.[\w-]+\.[\w-]+(\.[\w-]+|…)")]
    private static partial Regex Sealed();

    [GeneratedRegex(@"client_assertion=[\w.-]+")]
    private static partial Regex Assertion();

    [GeneratedRegex("-----BEGIN PRIVATE KEY-----.*…")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"([Tt]he proxy 127\.0\.0\.1:)[0-9]+")]
    private static partial Regex Proxy();

    [GeneratedRegex(@"(Correlation-Id: )[0-9a-fA-F-]{8,}")]
    private static partial Regex Correlation();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z| UTC)")]
    private static partial Regex Moment();
}
