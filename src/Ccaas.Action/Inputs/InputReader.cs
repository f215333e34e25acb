namespace Ccaas.Action.Inputs;

/// <summary>
/// Turns the inputs' texts into typed values. For a wrong value it adds a problem and returns a harmless one, so that reading
/// goes on and all problems are reported together.
/// </summary>
internal sealed class InputReader(InputValues values, InputProblems problems, UntrustedText untrustedText, string missingSecretHint)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The hint is given once, however many secrets are missing.</summary>
    private bool _hasHinted;

    public InputProblems Problems => problems;

    /// <summary>A sealed token is given in place of credentials.</summary>
    public bool NeedsNoCredentials { get; set; }

    /// <summary>The command <c>revoke</c>: it saves no state for a post step.</summary>
    public bool RevokesAtOnce { get; init; }

    public bool Given(string name) => values.Given(name) is not null;

    /// <returns>The value or the default; null when there is neither.</returns>
    public string? Text(string name)
    {
        _read.Add(name);
        var input = Input.Get(name);
        var text = values.Given(name) ?? input.Default;
        // Secrets have a rule of their own.
        if (text is not null && !input.IsSecret && VisibleTextRule.Check(text, input.MayHaveLines) is { } wrong)
        {
            problems.AddFinal(name, wrong);
        }

        return text;
    }

    /// <returns>Inputs for some providers that are given and were not read.</returns>
    public IEnumerable<string> UnusedInputs() =>
        Input.All.Where(input => input.IsProviderSpecific && !_read.Contains(input.Name) && Given(input.Name)).Select(input => input.Name);

    /// <param name="name">The input's name.</param>
    /// <param name="whatItIs">Continues the sentence "missing; give …".</param>
    public string Required(string name, string whatItIs)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        if (!MayBeMissing(name))
        {
            var hint = values.Ignored(name) is { } variable ? $" {variable} does not count in a script of a job; give --{name}." : "";
            problems.Add(name, $"missing; give {whatItIs}.{hint}");
        }

        return "";
    }

    public bool Flag(string name)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case "true":
                return true;
            case "false":
                return false;
            default:
                problems.Add(name, $"'{Shown(name)}' is neither true nor false.");
                return false;
        }
    }

    /// <summary>One of several words, in upper or lower case.</summary>
    public T Choice<T>(string name, params IReadOnlyList<(string Word, T Value)> choices)
    {
        var text = Text(name);
        foreach (var (word, value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var words = string.Join(", ", choices.SkipLast(1).Select(choice => choice.Word));
        problems.Add(name, $"'{Shown(name)}' is not possible here; give {words} or {choices[^1].Word}.");
        return choices[0].Value;
    }

    public TimeSpan Duration(string name, TimeSpan least, TimeSpan most)
    {
        if (Durations.Parse(Text(name) ?? "") is { } span && span >= least && span <= most)
        {
            return span;
        }

        var range = $"from {Durations.Describe(least)} to {Durations.Describe(most)}";
        problems.Add(name, $"'{Shown(name)}' is not a length of time {range}; write it like 30s, 5m or 1h.");
        return most;
    }

    public int Count(string name, int least, int most)
    {
        if (int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        problems.Add(name, $"'{Shown(name)}' is not a whole number from {least} to {most}.");
        return most;
    }

    /// <summary>Values separated by commas, semicolons or white space.</summary>
    public IReadOnlyList<string> List(string name) =>
        (Text(name) ?? "").Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Values separated by white space only, because they may contain commas.</summary>
    public IReadOnlyList<string> Words(string name) => (Text(name) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An address that credentials may be sent to; see <see cref="EndpointRule"/>.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="isBase">Paths are appended to it, so a query would be lost.</param>
    /// <returns>Null when it is not given.</returns>
    public Uri? Endpoint(string name, bool isBase = false)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var wrong = EndpointRule.Check(text, out var address);
        if (wrong is null && isBase && address!.Query.Length > 0)
        {
            wrong = "holds a query (?…); give the address without it.";
        }

        if (wrong is not null)
        {
            // Without the value: people paste addresses with user:password@.
            problems.Add(name, wrong);
        }

        return address;
    }

    /// <returns>The issuer exactly as given, because it is compared with the metadata; null when not given or no address.</returns>
    public string? Issuer(string name) => Endpoint(name, isBase: true) is null ? null : Text(name);

    public Secret RequiredSecret(string name, string whatItIs)
    {
        var text = RequiredSecretText(name, whatItIs);
        if (text.Length > 0 && SecretRule.Check(text) is { } wrong)
        {
            problems.Add(name, wrong);
        }

        return new Secret(text);
    }

    /// <summary>For secrets of several lines, which <see cref="SecretRule"/> would refuse. Empty when missing.</summary>
    public string RequiredSecretText(string name, string whatItIs)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        if (!MayBeMissing(name))
        {
            problems.Add(name, $"missing; give {whatItIs}.{(_hasHinted ? "" : missingSecretHint)}");
            _hasHinted = true;
        }

        return "";
    }

    /// <returns>The value of an input that is not a secret, safe to show in a message.</returns>
    public string Shown(string name) => untrustedText.Clean(Text(name), 80);

    private bool MayBeMissing(string name) => NeedsNoCredentials && Input.Get(name).IsCredential;
}
