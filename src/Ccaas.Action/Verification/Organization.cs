namespace Ccaas.Action.Verification;

/// <summary>Whom a token belongs to, as the vendor says; text made safe to show.</summary>
/// <param name="Id">The organisation's id.</param>
/// <param name="Name">Its name; empty when the vendor gave none.</param>
internal sealed record Organization(string Id, string Name)
{
    public string Shown => Name.Length > 0 ? $"{Name} ({Id})" : Id;
}
