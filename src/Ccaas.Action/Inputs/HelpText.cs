namespace Ccaas.Action.Inputs;

/// <summary>The text of <c>--help</c> and <c>--version</c>, made from the declared inputs.</summary>
internal static class HelpText
{
    private const int Width = 100;
    private const int Indent = 28;

    public static string Version { get; } = $"ccaas-token {typeof(HelpText).Assembly.GetName().Version?.ToString(3)}\n";

    public static string Write()
    {
        var text = new StringBuilder("""
            Obtains a contact-center access token for a service account, or revokes one.

            Usage: ccaas-token [acquire] [options]
                   ccaas-token get [options]                  print a token that lasts, for a script
                   ccaas-token exec [options] -- COMMAND …    run a command with a token in its environment
                   ccaas-token revoke [options]

            In the environment, credentials can be given as CCAAS_<NAME> or INPUT_<NAME> (CCAAS_CLIENT_SECRET),
            on a plain terminal every option; a script of a CI job gives the others as options.
            On a plain terminal the token goes to standard output, everything else to standard error.

            Options:

            """);
        foreach (var input in Input.All.Where(input => !input.IsSecret))
        {
            Entry(text, input.IsSwitch ? $"--{input.Name}" : $"--{input.Name} <value>", Description(input));
        }

        Entry(text, "--help, --version", "Print this text, or the version.");
        text.Append("\nSecrets, never as an option's value:\n");
        foreach (var input in Input.All.Where(input => input is { IsSecret: true, IsOptionOnly: false }))
        {
            Entry(text, input.ScriptVariableName, input.Description);
        }

        return text.Append(CultureInfo.InvariantCulture, $"""

            Exit codes: 0 done, 1 a bug, 2 inputs, 3 credentials refused, 4 not permitted, 5 rate limited,
                        6 the server failed, 7 network, TLS or timeout, 8 cache, store or sealed token,
                        130 canceled; exec ends with the code of its command

            More: {Links.Project}

            """).ToString();
    }

    private static string Description(InputDefinition input) =>
        input is { Default: { } value, IsSwitch: false } ? $"{input.Description} Default: {value}." : input.Description;

    private static void Entry(StringBuilder text, string name, string description)
    {
        var column = 2 + name.Length;
        text.Append("  ").Append(name);
        if (column >= Indent)
        {
            text.Append('\n');
            column = 0;
        }

        text.Append(' ', Indent - column);
        column = Indent;
        foreach (var word in description.Split(' '))
        {
            if (column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', Indent);
                column = Indent;
            }

            text.Append(column > Indent ? " " : "").Append(word);
            column += word.Length + 1;
        }

        text.Append('\n');
    }
}
