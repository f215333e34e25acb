namespace Ccaas.Sandbox.Demo;

/// <summary>Text for people: titled sections, no line longer than a hundred columns, colors where they are wanted.</summary>
internal sealed class Paper(TextWriter output, bool color)
{
    private const int Width = 100;
    private const string Margin = "  ";

    public void Title(string title)
    {
        output.WriteLine();
        output.WriteLine(Paint($"── {title} {new string('─', Width - title.Length - 4)}", "1;36"));
    }

    public void Line(string text, string style = "")
    {
        foreach (var piece in Wrap(text, Width - Margin.Length))
        {
            output.WriteLine(Paint((Margin + piece).TrimEnd(), style));
        }
    }

    /// <summary>Names in one column, values in the other.</summary>
    public void Table(IEnumerable<KeyValuePair<string, string>> rows)
    {
        var all = rows.ToList();
        var column = all.Select(row => row.Key.Length).DefaultIfEmpty().Max() + 2;
        foreach (var (name, value) in all)
        {
            var first = true;
            foreach (var piece in Wrap(value.ReplaceLineEndings(" "), Width - Margin.Length - column))
            {
                output.WriteLine(Margin + Paint((first ? name : "").PadRight(column), "1") + piece);
                first = false;
            }
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        // Continued lines stand further in, so that they do not look like new ones.
        var indent = new string(' ', text.Length - text.TrimStart().Length + 2);
        while (text.Length > width)
        {
            var cut = text.LastIndexOf(' ', width);
            // A word longer than a line is broken anywhere.
            if (cut <= indent.Length)
            {
                cut = width;
            }

            yield return text[..cut];
            text = indent + text[cut..].TrimStart();
        }

        yield return text;
    }

    private string Paint(string text, string style) => color && style.Length > 0 ? $"\e[{style}m{text}\e[0m" : text;
}
