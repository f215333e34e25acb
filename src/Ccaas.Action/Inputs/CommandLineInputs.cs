using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CommandLine;

namespace Ccaas.Action.Inputs;

/// <summary>Reads the command line into the inputs.</summary>
internal static partial class CommandLineInputs
{
    /// <summary>The verb of a post step. The executable's second name in the image ends in it: a post step cannot have arguments.</summary>
    public const string Post = "post";

    /// <summary>Separates the options of <c>exec</c> from its command.</summary>
    private const string EndOfOptions = "--";

    private static readonly (string Word, Verb Verb)[] Verbs = [("get", Verb.Get), ("exec", Verb.Exec), ("revoke", Verb.Revoke)];

    // The library sets the options by reflection. The attributes keep them in a native build.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RequestOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(TokenOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(AcquireOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(GetOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(ExecOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RevokeOptions))]
    public static ParsedCommand ReadInto(InputValues values, InputProblems problems, IReadOnlyList<string> arguments)
    {
        // A step has no arguments. It skips the library, whose reflection would take a third of its time.
        if (arguments is [] or [Post])
        {
            return new ParsedCommand(arguments is [] ? Verb.Acquire : Verb.Post) { IsOfStep = true };
        }

        var verb = Verbs.FirstOrDefault(known => known.Word == arguments[0]).Verb;
        IReadOnlyList<string> command = [];
        if (verb == Verb.Exec)
        {
            command = [.. arguments.SkipWhile(argument => argument != EndOfOptions).Skip(1)];
            arguments = [.. arguments.TakeWhile(argument => argument != EndOfOptions)];
            if (command.Count == 0)
            {
                problems.Add("command", "missing; give it after two hyphens: ccaas-token exec -- terraform apply.");
            }
        }

        var errors = Parse(values, problems, arguments, ignoreUnknown: false);
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
            // Once more, so that the other options are read and all problems are reported together.
            Parse(values, problems, arguments, ignoreUnknown: true);
        }

        return new ParsedCommand(verb) { Command = command };
    }

    private static List<Error> Parse(InputValues values, InputProblems problems, IReadOnlyList<string> arguments, bool ignoreUnknown)
    {
        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.IgnoreUnknownArguments = ignoreUnknown;
        });

        var errors = new List<Error>();
        parser.ParseArguments(arguments, typeof(AcquireOptions), typeof(GetOptions), typeof(ExecOptions), typeof(RevokeOptions))
            .WithParsed<RequestOptions>(options => Offer(values, problems, options, arguments))
            .WithNotParsed(errors.AddRange);
        return errors;
    }

    private static void Offer(InputValues values, InputProblems problems, RequestOptions options, IReadOnlyList<string> arguments)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<OptionAttribute>()?.LongName is not { } name)
            {
                continue;
            }

            var value = property.GetValue(options);
            if (value is string or true)
            {
                values.Offer(name, value is string text ? text.Trim() : "true", $"--{name}");
            }
            else if (arguments.Contains($"--{name}"))
            {
                // The library does not report a last option without its value.
                problems.Add(name, "needs a value.");
            }
        }

        if (options.Words.Any())
        {
            problems.Add(
                "arguments",
                $"hold {options.Words.Count()} that belong to no option; the commands are acquire, get, exec and revoke, "
                + "and every value follows its option.");
        }
    }

    // Without the argument itself, which may be a misplaced secret.
    private static (string Name, string Problem) Explain(Error error) => error switch
    {
        UnknownOptionError { Token: var token }
            when Input.All.FirstOrDefault(input => input.IsSecret && input.Name == token) is { } secret =>
            (token, "is no option, because every user of a machine can read a program's arguments; "
                + $"{(secret.IsOptionOnly ? "" : $"set {secret.ScriptVariableName} in the environment, or ")}give --{token}-file "
                + "(- for standard input). Treat the value that was typed as exposed."),
        UnknownOptionError { Token: var token } when OptionName().IsMatch(token) =>
            ($"--{token}", "is no option; ccaas-token --help lists them."),
        MissingValueOptionError { NameInfo: var name } => (name.LongName, "needs a value."),
        RepeatedOptionError { NameInfo: var name } => (name.LongName, "is given more than once."),
        NamedError { NameInfo: var name } => (name.LongName, "has a value of the wrong kind."),
        _ => ("arguments", "cannot be understood; ccaas-token --help lists what there is."),
    };

    /// <summary>Matches an option's name, and no text that could be a secret.</summary>
    [GeneratedRegex(@"^[a-z][a-z\-]{0,30}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OptionName();
}

internal sealed record ParsedCommand(Verb Verb)
{
    /// <summary>The text of <see cref="Verb.ShowHelp"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary>The command of <see cref="Verb.Exec"/> and its arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The absolute path of the command's program.</summary>
    public string Program { get; init; } = "";

    /// <summary>A step of a CI system: there were no arguments, or it is the post step.</summary>
    public bool IsOfStep { get; init; }

    /// <summary>A script calls the program and reads its standard output.</summary>
    public bool IsOfScript => Verb is Verb.Get or Verb.Exec;
}

internal enum Verb
{
    /// <summary>Obtain a token and publish it to later steps.</summary>
    Acquire,

    /// <summary>Print a token for a script.</summary>
    Get,

    /// <summary>Run a command with a token in its environment.</summary>
    Exec,

    /// <summary>Revoke a token.</summary>
    Revoke,

    /// <summary>The post step: revoke the token of the step at the end of the job.</summary>
    Post,

    /// <summary>Print help or version.</summary>
    ShowHelp,
}
