using Ccaas.Sandbox.Demo;

namespace Ccaas.Sandbox.Commands;

/// <summary>Finds the command, and has mistakes in it reported all at once.</summary>
internal static class SandboxCommands
{
    public const int BadArguments = 2;

    private const string Usage = """
        ccaas-sandbox: a server on loopback that behaves like a contact-center vendor's token and API hosts.

          ccaas-sandbox demo     run the real ccaas-token against it, and show what a workflow would see
          ccaas-sandbox serve    run it for programs of your own

        Add --help to either for more.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandConsole console, CancellationToken stop)
    {
        var command = Find(args.Count > 0 ? args[0] : "", console, stop);
        if (args.Any(a => a is "--help" or "-h"))
        {
            await console.Output.WriteLineAsync(command?.Help ?? Usage);
            return 0;
        }

        if (command is null)
        {
            await console.Error.WriteLineAsync(Usage);
            return BadArguments;
        }

        return await command.Run(Arguments.Read(args.Skip(1), command.Options));
    }

    /// <summary>Refuses arguments with problems, after the command has added its own.</summary>
    public static async Task<int> RefuseAsync(Arguments arguments, CommandConsole console)
    {
        foreach (var problem in arguments.Problems)
        {
            await console.Error.WriteLineAsync($"ccaas-sandbox: {problem}");
        }

        return BadArguments;
    }

    private static Command? Find(string name, CommandConsole console, CancellationToken stop) => name switch
    {
        "demo" => new Command(DemoCommand.Help, DemoCommand.Options, arguments => DemoCommand.RunAsync(arguments, console, stop)),
        "serve" => new Command(ServeCommand.Help, ServeCommand.Options, arguments => ServeCommand.RunAsync(arguments, console, stop)),
        _ => null,
    };

    private sealed record Command(string Help, IReadOnlyCollection<string> Options, Func<Arguments, Task<int>> Run);
}
