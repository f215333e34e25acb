using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>
/// Messages, pages, identifiers and comments use the field's terms, in American spelling.
/// An identifier is read as the words that it is made of: <c>HandOver</c> and <c>Is_handed_over</c> are found as well.
/// </summary>
public sealed partial class LanguageConventionTests
{
    private static readonly Term[] Terms =
    [
        // "Keep" alone has honest uses, such as "keep the links".
        new(@"kept|there already|already there", "cached, saved or stored"),
        // A lock is held, and something may keep a token from being revoked.
        new(@"held (?:tokens?|entry|entries)|keeps? (?:a|the|its|no) (?:token|entry|entries)(?! from)", "cached; stored"),
        // But a program is run "by hand".
        new(@"(?<!\bby )hand(?:s|ed|ing)?[ -](?:on|over|out|again|back|to)|hand-?overs?",
            "publish (to later steps), transfer (to another job), return or reuse"),
        new(@"tak(?:e|en|es|ing) back|took back|good for nothing", "revoke; no longer valid"),
        new(@"any ?more", "no longer"),
        // Also of people and commands: a reader has to see at once what came from a server.
        new(@"(?:un)?answer(?:s|ed|ing)?", "response; respond; result"),
        new("nonsense", "invalid response"),
        new(@"whom(?:ever)?", "name the thing: token endpoint, assertion audience, owner"),
        new(@"who(?:ever)? (?:is )?ask(?:s|ed|ing)?|ask(?:s|ed)? (?:nobody|no one)|nobody (?:is )?ask(?:s|ed)",
            "client; client authentication; sends no request"),
        new(@"what is done with|how (?:it|\w+) (?:is|are) (?:reached|proved)",
            "token handling; network and retries; client authentication"),
        // A response or a signature may prove that something is true. A client authenticates.
        new(@"proofs?|prov(?:e[sdn]?|ing) (?:who|itself|this side|the (?:client|application|job)|a (?:client|job))",
            "client authentication (method); credentials"),
        new(@"sen(?:d|ds|t|ding) [^.|]{0,40}elsewhere", "redirect; send to another host"),
        new(@"(?:no|not|nothing)\b[^.|]{0,30} in time", "timed out"),
        new(@"lets? [^.|]{0,60}through", "allow; the proxy refused the connection"),
        // "Not installed on this machine" and "this machine's clock" are about the machine, not about an address.
        new(@"machine itself|(?:https?|address(?:es)?|hosts?|double) [^.|]{0,30}(?:to|on|of|than) this machine", "loopback"),
        new("what is given", "inferred from the credentials; the inputs"),
        new(@"no(?:body|thing|[- ]one) (?:listens|is listening|is (?:there|at)|responds)", "connection refused; 404 Not Found"),
        new(@"trouble[ds]?", "service error"),
        new(@"runner's user|(?:people who|who(?:ever)?) reads? (?:the|its) logs?", "the user the runner runs as; log readers"),
    ];

    // cspell:disable
    /// <summary>Case matters: <c>left</c> is a side, and <c>Left</c> was the time that remains.</summary>
    private static readonly Term[] Names =
    [
        Name("[Aa]sk", "ParsedCommand"), Name("Tell", "ShowHelp"), Name("[Ss]urroundings", "ProcessEnvironment"),
            Name("ForeignText", "UntrustedText"),
        Name("HeldToken", "CachedToken"), Name("[Oo]pening", "UnsealResult"), Name("_?margin", "ClockSkew"), Name("Left", "Remaining"),
        Name("[Hh]appened", "Message"), Name("Keep(?:Async)?|Kept", "SaveState, Store"), Name("WaitAsAsked", "RetryAfterDelay"),
            Name("MayGetBetter", "IsTransient"),
        Name("Forget", "Invalidate"), Name("AwsKey", "AwsCredentials"),
            Name("JobIdentity|JobToken|PipelineIdentity|WebIdentity", "CiIdToken"),
        Name(@"\w*Promises?\w*", "RevocationRegistration; the thing that is saved"),
    ];

    private static readonly Term[] Spelling =
    [
        new(@"\w*(?:behavi|fav|hon|col|neighb|flav|lab|endeav)our\w*", "-or, as in behavior"),
        new(@"(?:author|canonical|custom|emphas|final|general|initial|local|minim|maxim|normal|optim|organ|prior|real|recogn|sanit|serial|special|summar|synchron|util)is(?:e[drs]?|ing|ations?)", "-ize"),
        new(@"analys(?:e[drs]?|ing)", "analyze"),
        new("centres?", "center"), new("licences?", "license"), new("defence", "defense"), new("catalogues?", "catalog"),
            new("programmes?", "program"),
        new("grey", "gray"), new("judgement", "judgment"), new("whilst", "while"), new("(?:learn|spel)t", "learned; spelled"),
            new("artefacts?", "artifact"),
        // GitHub's function and Azure's state are written so.
        new(@"(?<![`""'])cancell(?:ed|ing)(?![`(""'])", "canceled"),
            new(@"(?:label|model|signal|travel)l(?:ed|ing|er)", "one l, as in labeled"),
    ];

    // cspell:enable

    private static Term Name(string name, string instead) => new(name, instead, RegexOptions.None);

    /// <summary>What people read.</summary>
    public static TheoryData<string> Pages =>
    [
        .. Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)
            || file.StartsWith("examples/", StringComparison.Ordinal)
            || file is "action.yml" or "native/action.yml" or "azure-pipelines-task/task/task.json" or "azure-pipelines-task/vss-extension.json"),
    ];

    /// <summary>What they read while it runs, and what maintainers read.</summary>
    public static TheoryData<string> Sources =>
    [
        .. Repository.Sources("src"),
        .. Repository.Files.Where(file =>
            Array.Exists(["azure-pipelines-task/", "native/", "release/"], folder => file.StartsWith(folder, StringComparison.Ordinal))
            && Script().IsMatch(file)),
    ];

    public static TheoryData<string> Programs => [.. Repository.Sources("src")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_uses_the_terms_of_the_field(string page) => Check(Find(page, Words(Repository.Read(page)), [.. Terms, .. Spelling]));

    [Theory]
    [MemberData(nameof(Sources))]
    public void Messages_identifiers_and_comments_use_the_terms_of_the_field(string file) =>
        Check(Find(file, Words(Repository.Read(file)), [.. Terms, .. Spelling]));

    [Theory]
    [MemberData(nameof(Programs))]
    public void Identifier_has_the_name_that_was_agreed(string file) => Check(Find(file, Text().Replace(Code(file), "\"\""), Names));

    [Fact]
    public void Test_names_use_the_terms_of_the_field() => Check(Repository.Sources("tests").SelectMany(file =>
        Find(file, Words(OtherThanTestNames().Replace(Repository.Read(file), "")), [.. Terms, .. Spelling])));

    [Theory]
    [InlineData("what the step kept")]
    [InlineData("the token is there\nalready")]
    [InlineData("HandOver")]
    [InlineData("Token_is_handed_on")]
    [InlineData("was taken back")]
    [InlineData("not valid any more")]
    [InlineData("the server's answer")]
    [InlineData("Nonsense(host)")]
    [InlineData("whom to ask")]
    [InlineData("asks nobody")]
    [InlineData("how it is reached")]
    [InlineData("the client's proof")]
    [InlineData("proves who it is")]
    [InlineData("sent us elsewhere")]
    [InlineData("did not come in time")]
    [InlineData("let nothing through")]
    [InlineData("http to another host than this machine")]
    [InlineData("ByWhatIsGiven")]
    [InlineData("nobody listens")]
    [InlineData("has trouble of its own")]
    [InlineData("people who read the log")]
    [InlineData("keeps the token")]
    public void Word_is_found(string text) => Assert.NotEmpty(Find("", Words(text), Terms));

    [Theory]
    [InlineData("run it by hand on this machine")]
    [InlineData("keep the links")]
    [InlineData("does not keep a token from being revoked")]
    [InlineData("a lock that is held")]
    [InlineData("does not prove that the token is revoked")]
    [InlineData("Troubleshooting")]
    [InlineData("this machine's clock is wrong")]
    [InlineData("a handler")]
    public void Honest_use_is_not_found(string text) => Assert.Empty(Find("", Words(text), Terms));

    private static string Code(string file) =>
        Comment().Replace(Repository.Read(file), comment => new string('\n', comment.Value.Count(c => c == '\n')));

    private static string Words(string text) => Boundary().Replace(text, " ");

    private static IEnumerable<string> Find(string file, string text, IEnumerable<Term> terms) =>
        from term in terms
        from Match match in term.Pattern.Matches(text)
        select $"{file}:{text[..match.Index].Count(c => c == '\n') + 1}: \"{match.Value}\": write {term.Instead}";

    private static void Check(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join('\n', found));

    [GeneratedRegex(@"\.[cm]?js$")]
    private static partial Regex Script();

    // Not the slashes of an address.
    [GeneratedRegex(@"(?<=^|\s)//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("""
        \"{3}.*?\"{3}|"(?:\\.|[^"\\\n])*"
        """, RegexOptions.Singleline)]
    private static partial Regex Text();

    [GeneratedRegex("_|(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Boundary();

    // All but the names of classes and public methods, and the line breaks, by which lines are counted.
    [GeneratedRegex(@"(?<!\bclass |\bpublic (?:static )?(?:async )?(?:void|Task) )\b\w+\b|[^\w\n]")]
    private static partial Regex OtherThanTestNames();

    private sealed record Term(string Words, string Instead, RegexOptions Case = RegexOptions.IgnoreCase)
    {
        public Regex Pattern { get; } = new($@"\b(?:{Words.Replace(" ", @"\s+")})\b", Case);
    }
}
