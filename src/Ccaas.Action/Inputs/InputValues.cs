namespace Ccaas.Action.Inputs;

/// <summary>The values of the inputs, trimmed, from all sources. It contains secrets as plain text, and so has no ToString.</summary>
internal sealed class InputValues
{
    private readonly Dictionary<string, (string Value, string Source)> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ignored = new(StringComparer.Ordinal);

    /// <summary>Adds the value unless the input has one already: the first source wins.</summary>
    public void Offer(string name, string value, string source) => _given.TryAdd(name, (value, source));

    /// <summary>Notes a variable that the author may have meant for the input, but that does not count here.</summary>
    public void Ignore(string name, string variable) => _ignored.TryAdd(name, variable);

    public string? Ignored(string name) => _ignored.GetValueOrDefault(name);

    /// <returns>Null when the input is not given, or is empty and empty means "not given".</returns>
    public string? Given(string name) =>
        _given.TryGetValue(name, out var entry) && (entry.Value.Length > 0 || Input.Get(name).AllowsEmpty) ? entry.Value : null;

    /// <returns>Where the value comes from; null when it is not given.</returns>
    public string? Source(string name) => Given(name) is null ? null : _given[name].Source;
}

/// <summary>Everything that is wrong with the inputs, to be reported together.</summary>
internal sealed class InputProblems
{
    private readonly List<(string Input, string Problem)> _all = [];
    private readonly HashSet<string> _final = new(StringComparer.Ordinal);

    public bool Any => _all.Count > 0;

    public bool Has(string input) => _all.Exists(entry => entry.Input == input);

    /// <param name="input">The input's name.</param>
    /// <param name="problem">What is wrong and what to do; never a secret's value.</param>
    public void Add(string input, string problem)
    {
        // An input that is read twice adds its problem twice.
        if (!_final.Contains(input) && !_all.Contains((input, problem)))
        {
            _all.Add((input, problem));
        }
    }

    /// <summary>Adds the problem and ignores later ones of the same input, which only follow from it.</summary>
    public void AddFinal(string input, string problem)
    {
        Add(input, problem);
        _final.Add(input);
    }

    /// <returns>One line for each problem, in the order of the inputs' declarations.</returns>
    public IEnumerable<string> Lines()
    {
        var names = Input.All.Select(input => input.Name).ToList();
        return from entry in _all
               let order = names.IndexOf(entry.Input)
               // Names of no input come last.
               orderby order < 0 ? int.MaxValue : order
               select $"{entry.Input}: {entry.Problem}";
    }
}

/// <summary>Describes the inputs: their problems, and in debug mode their values.</summary>
internal static class InputListing
{
    public static FailureException Describe(InputProblems problems) => new(ExitCode.Inputs, "Inputs are missing or wrong",
        "Nothing was sent anywhere, because these inputs are not right:",
        "",
        "correct them all and run the job again.",
        "inputs-are-missing-or-wrong")
    {
        Details = [.. problems.Lines()],
    };

    public static void Debug(InputValues values, IRunLog log, UntrustedText untrustedText) =>
        log.DebugGroup("Inputs", Input.All.Select(input => Describe(input, values, untrustedText)));

    private static string Describe(InputDefinition input, InputValues values, UntrustedText untrustedText)
    {
        var shown = input.IsSecret || input.HidesValue ? "***" : untrustedText.Clean(values.Given(input.Name), 80);
        return values.Source(input.Name) is { } source ? $"{input.Name} = {shown} (from {source})" : $"{input.Name} not given";
    }
}
