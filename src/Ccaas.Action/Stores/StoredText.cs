namespace Ccaas.Action.Stores;

/// <summary>What a store holds.</summary>
/// <param name="Text">Null when there is none: no secret of that name, or one without a value.</param>
internal sealed record StoredText(string? Text);
