using System.Globalization;

namespace Ccaas.Sandbox.Commands;

/// <summary>Options as <c>--name value</c> or <c>--name=value</c>. What is wrong with them is collected, never thrown.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<string> _problems = [];

    private Arguments()
    {
    }

    public IReadOnlyList<string> Problems => _problems;

    /// <param name="args">What was typed behind the command.</param>
    /// <param name="options">Names without dashes; one that ends in <c>!</c> is a switch and takes no value.</param>
    public static Arguments Read(IEnumerable<string> args, IReadOnlyCollection<string> options)
    {
        var arguments = new Arguments();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var arg))
        {
            var pair = arg.Split('=', 2);
            var name = pair[0].StartsWith("--", StringComparison.Ordinal) ? pair[0][2..] : "";
            if (options.Contains(name + "!"))
            {
                arguments.Switch(name, pair.Length == 2);
            }
            else
            {
                arguments.Take(name, pair.ElementAtOrDefault(1), rest, options.Contains(name));
            }
        }

        return arguments;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int least, int most, int otherwise)
    {
        if (!_values.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem($"--{name} must be a whole number from {least} to {most}");
        return otherwise;
    }

    public void Problem(string problem) => _problems.Add(problem);

    private void Switch(string name, bool hasValue)
    {
        if (hasValue)
        {
            Problem($"--{name} takes no value");
        }
        else
        {
            _values[name] = "";
        }
    }

    private void Take(string name, string? value, Queue<string> rest, bool known)
    {
        // The word after an unknown option is skipped with it, and not shown: it may be a secret.
        if (value is null && rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal) && name.Length > 0)
        {
            value = rest.Dequeue();
        }

        if (name.Length == 0)
        {
            Problem("there is an argument that is neither an option nor the value of one");
        }
        else if (!known)
        {
            Problem($"there is no option --{name}");
        }
        else if (string.IsNullOrEmpty(value))
        {
            Problem($"--{name} needs a value");
        }
        else if (!_values.TryAdd(name, value))
        {
            Problem($"--{name} is given twice");
        }
    }
}
