namespace Ccaas.Action.Inputs;

/// <summary>What was given for each input, white space trimmed, wherever it came from. Secrets are in here too: it has no ToString.</summary>
internal sealed class InputValues
{
    private readonly Dictionary<string, (string Value, string Source)> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ignored = new(StringComparer.Ordinal);

    /// <summary>Takes a value unless the input has one already: whoever comes first wins.</summary>
    public void Offer(string name, string value, string source) => _given.TryAdd(name, (value, source));

    /// <summary>Notes a variable that an author may have meant for the input, and that does not count where this runs.</summary>
    public void Ignore(string name, string variable) => _ignored.TryAdd(name, variable);

    /// <summary>The variable that does not count; null when there is none.</summary>
    public string? Ignored(string name) => _ignored.GetValueOrDefault(name);

    /// <summary>The value given; null when it was not given or is empty where empty is no answer.</summary>
    public string? Given(string name) =>
        _given.TryGetValue(name, out var entry) && (entry.Value.Length > 0 || Input.Get(name).CanBeEmpty) ? entry.Value : null;

    /// <summary>Where the value came from, for debug lines; null when it was not given.</summary>
    public string? Source(string name) => Given(name) is null ? null : _given[name].Source;
}

/// <summary>Collects everything that is wrong with the inputs, so that people fix it in one go.</summary>
internal sealed class InputProblems
{
    private readonly List<(string Input, string Problem)> _all = [];
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);

    public bool Any => _all.Count > 0;

    /// <summary>Whether something is wrong with the input.</summary>
    public bool Has(string input) => _all.Exists(entry => entry.Input == input);

    /// <param name="input">The input's name.</param>
    /// <param name="problem">What is wrong and what would be right; never a secret's value.</param>
    public void Add(string input, string problem)
    {
        // Two readers of one input find the same.
        if (!_settled.Contains(input) && !_all.Contains((input, problem)))
        {
            _all.Add((input, problem));
        }
    }

    /// <summary>The same, and nothing more is said of this input: whatever else is found wrong follows from this.</summary>
    public void Settle(string input, string problem)
    {
        Add(input, problem);
        _settled.Add(input);
    }

    /// <summary>A problem a line, in the catalog's order whatever the order of finding.</summary>
    public IEnumerable<string> Lines() =>
        from entry in _all
        orderby Order(entry.Input)
        select $"{entry.Input}: {entry.Problem}";

    private static int Order(string input)
    {
        for (var i = 0; i < Input.All.Count; i++)
        {
            if (Input.All[i].Name == input)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}

/// <summary>Tells people about the inputs: what is wrong with them, and in debug mode what they are.</summary>
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
        // Of what may hold a secret by mistake, such as an address, only the source is told.
        var shown = input.IsSecret || input.IsUnshown ? "***" : untrustedText.Clean(values.Given(input.Name), 80);
        return values.Source(input.Name) is { } source ? $"{input.Name} = {shown} (from {source})" : $"{input.Name} not given";
    }
}
