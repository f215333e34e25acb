namespace Ccaas.Action.Requests;

/// <summary>A secret of a secret manager, as the input <c>cache</c> names it: <c>scheme://place/name</c>.</summary>
/// <param name="Scheme">Which kind of store, such as <c>azure-keyvault</c>.</param>
/// <param name="Place">Which of them: a vault, a region, or a host with its port.</param>
/// <param name="Name">The secret's name, everything after the place.</param>
internal sealed record StoreAddress(string Scheme, string Place, string Name);
