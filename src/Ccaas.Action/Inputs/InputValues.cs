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
        _given.TryGetValue(name, out var entry) && (entry.Value.Length > 0 || InputCatalog.Get(name).EmptyIsAnAnswer) ? entry.Value : null;

    /// <summary>Where the value came from, for debug lines; null when it was not given.</summary>
    public string? Source(string name) => Given(name) is null ? null : _given[name].Source;
}
