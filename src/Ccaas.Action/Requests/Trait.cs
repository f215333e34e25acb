namespace Ccaas.Action.Requests;

/// <summary>One thing that tells one token from another, and is authenticated with it wherever it is kept.</summary>
/// <param name="Claim">Its name there.</param>
/// <param name="Shown">Its name for people, to follow "another".</param>
/// <param name="Text">Empty: there is none.</param>
internal sealed record Trait(string Claim, string Shown, string Text);
