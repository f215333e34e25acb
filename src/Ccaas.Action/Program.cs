using System.Collections;

var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
NativeEnvironment.RemoveNoProxy();
if (CiSystemDetection.IsJob(variables))
{
    NativeEnvironment.Clear(variables.Keys);
}

ProcessStart.Prepare();
// exec is replaced by its command. Until then, a signal ends it, as it would end the command.
var cancellation = args is ["exec", ..] && !OperatingSystem.IsWindows() ? CancellationToken.None : CancellationSignals.Handle();
// Writers flush. The streams are not disposed of: that would write again to a stream that cannot be written.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var input = new StreamReader(Console.OpenStandardInput(), utf8);
var output = new StreamWriter(StandardStream.Open(StandardStream.Output), utf8);
var error = new StreamWriter(StandardStream.Open(StandardStream.Error), utf8);

var application = new Application(new ProcessEnvironment(variables, input, output, error), TimeProvider.System);
// A container's post step has an entry point but no arguments, so the executable has a second name.
var name = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);
var isPost = name.EndsWith($"-{CommandLineInputs.Post}", StringComparison.Ordinal);
return (int)await application.RunAsync(isPost ? [CommandLineInputs.Post] : args, cancellation);
