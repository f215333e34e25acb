using System.Runtime.InteropServices;
using Ccaas.Sandbox.Commands;

await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
await using var error = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var console = new CommandConsole(output, error, Environment.GetEnvironmentVariable, Console.IsOutputRedirected);
return await SandboxCommands.RunAsync(args, console, stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
