namespace Ccaas.Action.Reuse;

/// <summary>What came of opening a sealed token.</summary>
/// <param name="Held">The token; null when it cannot be used.</param>
/// <param name="Why">Then why not, to follow the name of what was opened.</param>
internal sealed record Opening(HeldToken? Held, string Why);
