using System.Globalization;
using Ccaas.Action.Foundation;
using Ccaas.Action.Masking;

namespace Ccaas.Action.Inputs;

/// <summary>
/// Turns the given texts into typed values. A value that cannot be read becomes a problem and a harmless stand-in, so that
/// reading goes on and everything wrong is found at once.
/// </summary>
internal sealed class InputReader(InputValues values, InputProblems problems, ForeignText foreignText, string missingSecretHint)
{
    public InputProblems Problems => problems;

    public bool Given(string name) => values.Given(name) is not null;

    public string? Text(string name) => values.Given(name) ?? InputCatalog.Get(name).Default;

    /// <param name="name">The input's name.</param>
    /// <param name="whatItIs">Continues the sentence "missing; give …".</param>
    public string Required(string name, string whatItIs)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        problems.Add(name, $"missing; give {whatItIs}.");
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

    /// <summary>A secret that must be there and look like one.</summary>
    public Secret RequiredSecret(string name, string whatItIs)
    {
        var text = Text(name);
        if (text is null)
        {
            problems.Add(name, $"missing; give {whatItIs}.{missingSecretHint}");
        }
        else if (SecretRule.Check(text) is { } wrong)
        {
            problems.Add(name, wrong);
        }

        return new Secret(text ?? "");
    }

    /// <summary>The value of an input that is no secret, made safe to show in a message.</summary>
    public string Shown(string name) => foreignText.Clean(Text(name), 80);
}
