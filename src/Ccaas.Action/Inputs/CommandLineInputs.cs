using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CommandLine;

namespace Ccaas.Action.Inputs;

/// <summary>Reads the process's arguments into the inputs.</summary>
internal static partial class CommandLineInputs
{
    /// <summary>The verb of a post step. The image has a second name for the program that ends in it, because a post step can name an entry point but no arguments.</summary>
    public const string Post = "post";

    /// <summary>Between the options of <c>exec</c> and the command that it runs.</summary>
    private const string EndOfOptions = "--";

    private static readonly (string Word, Verb Verb)[] Verbs = [("get", Verb.Get), ("exec", Verb.Exec), ("revoke", Verb.Revoke)];

    // The library sets the options by reflection; the attributes keep them in a native build.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(TokenOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(AcquireOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(GetOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(ExecOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RevokeOptions))]
    public static ParsedCommand ReadInto(InputValues values, InputProblems problems, IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
        {
            // A container action has none; reflection would cost it a third of its time.
            return new ParsedCommand(Verb.Acquire) { IsOfStep = true };
        }

        if (arguments is [Post])
        {
            return new ParsedCommand(Verb.Post) { IsOfStep = true };
        }

        var verb = Verbs.FirstOrDefault(known => known.Word == arguments[0]).Verb;
        IReadOnlyList<string> command = [];
        if (verb == Verb.Exec)
        {
            (arguments, command) = ([.. arguments.TakeWhile(argument => argument != EndOfOptions)], [.. arguments.SkipWhile(argument => argument != EndOfOptions).Skip(1)]);
            if (command.Count == 0)
            {
                problems.Add("command", "missing; give it after two hyphens: ccaas-token exec -- terraform apply.");
            }
        }

        var errors = Parse(values, problems, arguments, lenient: false);
        if (errors.Any(error => error.Tag is ErrorType.HelpRequestedError or ErrorType.HelpVerbRequestedError))
        {
            return new ParsedCommand(Verb.ShowHelp) { Text = HelpText.Write() };
        }

        if (errors.Any(error => error.Tag == ErrorType.VersionRequestedError))
        {
            return new ParsedCommand(Verb.ShowHelp) { Text = HelpText.Version };
        }

        foreach (var (name, problem) in errors.Select(Explain))
        {
            problems.Add(name, problem);
        }

        if (errors.Count > 0)
        {
            // Unknown options alone do not keep the others from being read, so that all that is wrong is said at once.
            Parse(values, problems, arguments, lenient: true);
        }

        return new ParsedCommand(verb) { Command = command };
    }

    private static List<Error> Parse(InputValues values, InputProblems problems, IReadOnlyList<string> arguments, bool lenient)
    {
        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.IgnoreUnknownArguments = lenient;
        });

        var errors = new List<Error>();
        parser.ParseArguments(arguments, typeof(AcquireOptions), typeof(GetOptions), typeof(ExecOptions), typeof(RevokeOptions))
            .WithParsed<RequestOptions>(options => Offer(values, problems, options, arguments))
            .WithNotParsed(errors.AddRange);
        return errors;
    }

    private static void Offer(InputValues values, InputProblems problems, RequestOptions options, IReadOnlyList<string> arguments)
    {
        foreach (var (name, value) in Given(options))
        {
            if (value is not null)
            {
                values.Offer(name, value.Trim(), $"--{name}");
            }
            else if (arguments.Contains($"--{name}"))
            {
                // The library takes an option at the end without its value for one that is not given.
                problems.Add(name, "needs a value.");
            }
        }

        if (options.Words.Any())
        {
            problems.Add("arguments", $"hold {options.Words.Count()} that belong to no option; the commands are acquire, get, exec and revoke, and every value follows its option.");
        }
    }

    /// <summary>What was given, by input. The library has used reflection by then, so that a little more costs nothing.</summary>
    private static IEnumerable<(string Name, string? Value)> Given(RequestOptions options) =>
        from property in options.GetType().GetProperties()
        let option = property.GetCustomAttribute<OptionAttribute>()
        where option is not null
        select (option.LongName, property.GetValue(options) switch { true => "true", string text => text, _ => null });

    // Never the argument itself: it may be a secret that landed in the wrong place.
    private static (string Name, string Problem) Explain(Error error) => error switch
    {
        UnknownOptionError { Token: var token } when IsSecret(token) =>
            (token, $"is no option, because every user of a machine can read a program's arguments; {(Input.Get(token).IsOptionOnly ? "" : $"set {Input.Get(token).ScriptVariableName} in the environment, or ")}give --{token}-file (- for standard input). Treat the value that was typed as exposed."),
        UnknownOptionError { Token: var token } when OptionName().IsMatch(token) => ($"--{token}", "is no option; ccaas-token --help lists them."),
        MissingValueOptionError { NameInfo: var name } => (name.LongName, "needs a value."),
        RepeatedOptionError { NameInfo: var name } => (name.LongName, "is given more than once."),
        NamedError { NameInfo: var name } => (name.LongName, "has a value of the wrong kind."),
        _ => ("arguments", "cannot be understood; ccaas-token --help lists what there is."),
    };

    /// <summary>What is typed for an option's name: nothing that a secret looks like.</summary>
    [GeneratedRegex(@"^[a-z][a-z\-]{0,30}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OptionName();

    private static bool IsSecret(string name) => Input.All.Any(input => input.IsSecret && input.Name == name);
}

/// <summary>What the program is asked for on its command line.</summary>
/// <param name="Verb">What is to be done.</param>
internal sealed record ParsedCommand(Verb Verb)
{
    /// <summary>The text for <see cref="Verb.ShowHelp"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary>The program for <see cref="Verb.Exec"/>, and its arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>A CI system may have started the program, for a step of its own: there were no arguments, or it is the post step.</summary>
    public bool IsOfStep { get; init; }

    /// <summary>Where that program was found: its absolute path.</summary>
    public string Program { get; init; } = "";

    /// <summary>A script asks, and reads standard output.</summary>
    public bool IsOfScript => Verb is Verb.Get or Verb.Exec;
}

/// <summary>What the program is asked to do.</summary>
internal enum Verb
{
    /// <summary>Obtain a token and hand it on.</summary>
    Acquire,

    /// <summary>Print a token for the script that asks.</summary>
    Get,

    /// <summary>Run a command with a token in its environment.</summary>
    Exec,

    /// <summary>Revoke a token.</summary>
    Revoke,

    /// <summary>Clean up at the end of a job: revoke what the step has kept. For CI systems, not for people.</summary>
    Post,

    /// <summary>Print a text; the program is asked about itself.</summary>
    ShowHelp,
}
