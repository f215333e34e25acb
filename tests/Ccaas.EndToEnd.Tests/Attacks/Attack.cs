using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>
/// One way in which a server misbehaves, and what the program is documented to make of it (docs/troubleshooting.md, Exit codes).
/// </summary>
/// <param name="Name">Unique in its table.</param>
/// <param name="ExitCode">What the run must end with.</param>
/// <param name="Server">What the server at <c>token-url</c> does with every connection.</param>
internal sealed record Attack(string Name, int ExitCode, Behavior Server)
{
    /// <summary>The time for everything that the run is given, in seconds.</summary>
    public const int Timeout = 9;

    /// <summary>Connections at most: 1 where trying again would be wrong.</summary>
    public int MostConnections { get; init; } = 2;

    /// <summary>When the run must have ended by itself, in seconds.</summary>
    public double Longest { get; init; } = Timeout + 2;

    /// <summary>Bytes of the log, masks aside.</summary>
    public int LongestLog { get; init; } = ShownText.Longest;

    /// <summary>Bytes of masks: what hides a secret is some times as long as it is.</summary>
    public int LongestMasks { get; init; } = 64 * 1024;

    /// <summary>Inputs beside, or in place of, those of a run that succeeds.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The token that the server sends, and that must show nowhere.</summary>
    public string Token { get; init; } = Canary.Token.Value;

    /// <summary>Nothing of the request may leave, because nobody knows yet who the server is.</summary>
    public bool MustNotBeAsked { get; init; }

    public override string ToString() => Name;
}
