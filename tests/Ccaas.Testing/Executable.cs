using System.Diagnostics;

namespace Ccaas.Testing;

/// <summary>The program under test: the build beside the tests or, where CCAAS_EXECUTABLE names one, a native executable.</summary>
public static class Executable
{
    /// <summary>Set by the continuous integration run to put the same scenarios to the native build.</summary>
    public const string Variable = "CCAAS_EXECUTABLE";

    /// <summary>
    /// Set where scenarios run within the test's own process: mutation testing changes the program there, and a child process
    /// would run the unchanged one. Takes arguments, environment and standard input.
    /// </summary>
    public static Func<IReadOnlyList<string>, IReadOnlyDictionary<string, string>, string,
        Task<(int ExitCode, string Output, string Error)>>? InProcess
    { get; set; }

    public static ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var native = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(native)
            ? new ProcessStartInfo(DotNet, ["exec", Built, .. arguments])
            : new ProcessStartInfo(native, arguments);
    }

    // From its own output folder: beside the tests, the libraries that ASP.NET Core brings are left out.
    private static string Built { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Ccaas.Action",
            Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "ccaas-token.dll"));

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
}
