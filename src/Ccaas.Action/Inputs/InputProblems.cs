namespace Ccaas.Action.Inputs;

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

    /// <summary>A problem a line, in the catalogue's order whatever the order of finding.</summary>
    public IEnumerable<string> Lines() =>
        from entry in _all
        orderby Order(entry.Input)
        select $"{entry.Input}: {entry.Problem}";

    private static int Order(string input)
    {
        for (var i = 0; i < InputCatalog.All.Count; i++)
        {
            if (InputCatalog.All[i].Name == input)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}
