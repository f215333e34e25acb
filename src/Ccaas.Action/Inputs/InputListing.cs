using Ccaas.Action.Foundation;
using Ccaas.Action.Masking;

namespace Ccaas.Action.Inputs;

/// <summary>Tells people about the inputs: what is wrong with them, and in debug mode what they are.</summary>
internal static class InputListing
{
    public static Failure Describe(InputProblems problems) => new(ExitCode.Inputs, "Inputs are missing or wrong",
        "Nothing was sent anywhere, because these inputs are not right:",
        "",
        "correct them all and run the job again.",
        "inputs-are-missing-or-wrong")
    {
        Details = [.. problems.Lines()],
    };

    public static void Debug(InputValues values, IRunLog log, ForeignText foreignText) =>
        log.DebugGroup("Inputs", InputCatalog.All.Select(input => Describe(input, values, foreignText)));

    private static string Describe(InputDefinition input, InputValues values, ForeignText foreignText)
    {
        // Of what may hold a secret by mistake, such as an address, only the source is told.
        var shown = input.IsSecret || input.IsUnshown ? "***" : foreignText.Clean(values.Given(input.Name), 80);
        return values.Source(input.Name) is { } source ? $"{input.Name} = {shown} (from {source})" : $"{input.Name} not given";
    }
}
