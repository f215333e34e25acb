using System.Collections;

var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
NativeEnvironment.TakeNoProxy();
if (CiSystemDetection.IsJob(variables))
{
    NativeEnvironment.Empty(variables.Keys);
}

ProcessStart.Prepare();
// exec becomes its command: until then, a signal ends it as it would end the command.
var cancellation = args is ["exec", ..] && !OperatingSystem.IsWindows() ? CancellationToken.None : CancellationSignals.Handle();
// What is written is flushed by hand. None is disposed of: that would write once more to one that cannot be written.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var input = new StreamReader(Console.OpenStandardInput(), utf8);
var output = new StreamWriter(StandardStream.Open(StandardStream.Output), utf8);
var error = new StreamWriter(StandardStream.Open(StandardStream.Error), utf8);

var application = new Application(new ProcessEnvironment(variables, input, output, error), TimeProvider.System);
// The name it is called by: an entry point of a container can be chosen without arguments.
var isPost = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]).EndsWith($"-{CommandLineInputs.Post}", StringComparison.Ordinal);
return (int)await application.RunAsync(isPost ? [CommandLineInputs.Post] : args, cancellation);
