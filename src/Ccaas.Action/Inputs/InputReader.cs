namespace Ccaas.Action.Inputs;

/// <summary>
/// Turns the given texts into typed values. A value that cannot be read becomes a problem and a harmless stand-in, so that
/// reading goes on and everything wrong is found at once.
/// </summary>
internal sealed class InputReader(InputValues values, InputProblems problems, UntrustedText untrustedText, string missingSecretHint)
{
    /// <summary>Why secrets may be missing is said once, however many are.</summary>
    private bool _hasHinted;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public InputProblems Problems => problems;

    /// <summary>Credentials may be missing: a token that another job has sealed is given in their place.</summary>
    public bool NeedsNoCredentials { get; set; }

    /// <summary>The command revoke: nothing is kept for the end of a job.</summary>
    public bool RevokesAtOnce { get; init; }

    public bool Given(string name) => values.Given(name) is not null;

    public string? Text(string name)
    {
        _read.Add(name);
        var input = Input.Get(name);
        var text = values.Given(name) ?? input.Default;
        // A secret has a rule of its own.
        if (text is not null && !input.IsSecret && VisibleTextRule.Check(text, input.MayHaveLines) is { } wrong)
        {
            problems.Settle(name, wrong);
        }

        return text;
    }

    /// <summary>Inputs that only some providers read, that were given, and that nobody has read: they would have no effect.</summary>
    public IEnumerable<string> GivenInVain() =>
        from input in Input.All
        where input.IsProvidersOwn && !_read.Contains(input.Name)
        where Given(input.Name)
        select input.Name;

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
            problems.Add(name, $"missing; give {whatItIs}.{(values.Ignored(name) is { } variable ? $" {variable} does not count in a script of a job; give --{name}." : "")}");
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

    /// <summary>One of several words, in any case of letters; the first of them stands in for one that is not among them.</summary>
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

        problems.Add(name, $"'{Shown(name)}' is not possible here; give {string.Join(", ", choices.SkipLast(1).Select(choice => choice.Word))} or {choices[^1].Word}.");
        return choices[0].Value;
    }

    public TimeSpan Duration(string name, TimeSpan least, TimeSpan most)
    {
        if (Durations.Parse(Text(name) ?? "") is { } span && span >= least && span <= most)
        {
            return span;
        }

        problems.Add(name, $"'{Shown(name)}' is not a length of time from {Durations.Describe(least)} to {Durations.Describe(most)}; write it like 30s, 5m or 1h.");
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

    /// <summary>Values separated by white space alone, for those in which a comma may stand.</summary>
    public IReadOnlyList<string> Words(string name) => (Text(name) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An address that credentials may be sent to: https, or http on loopback; no user, no fragment. Null when not given.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="isBase">Whether paths are appended to it, so that a query would be lost.</param>
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
            // The text is not shown: people have been seen to paste user:password@ into addresses.
            problems.Add(name, wrong);
        }

        return address;
    }

    /// <summary>The issuer's identifier to the letter, once it is an address that its metadata can stand below; null when not given.</summary>
    public string? Issuer(string name) => Endpoint(name, isBase: true) is null ? null : Text(name);

    /// <summary>A secret that must be there and look like one.</summary>
    public Secret RequiredSecret(string name, string whatItIs)
    {
        var text = RequiredSecretText(name, whatItIs);
        if (text.Length > 0 && SecretRule.Check(text) is { } wrong)
        {
            problems.Add(name, wrong);
        }

        return new Secret(text);
    }

    /// <summary>The text of a secret that must be there, whatever it looks like; empty when it is not.</summary>
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

    private bool MayBeMissing(string name) => NeedsNoCredentials && Input.Get(name).IsCredential;

    /// <summary>The value of an input that is no secret, made safe to show in a message.</summary>
    public string Shown(string name) => untrustedText.Clean(Text(name), 80);
}
