namespace Ccaas.Sandbox;

/// <summary>A service account that the sandbox knows, and the organisation that it belongs to.</summary>
/// <param name="ClientId">What the client calls itself.</param>
/// <param name="ClientSecret">Its password, as it is before any encoding.</param>
/// <param name="OrganizationId">Id of its organisation, as the vendor's API reports it.</param>
/// <param name="OrganizationName">Name of its organisation.</param>
/// <param name="MayReadOrganization">False: asking for the organisation is answered with 403.</param>
public sealed record SandboxClient(
    string ClientId,
    string ClientSecret,
    string OrganizationId,
    string OrganizationName,
    bool MayReadOrganization = true)
{
    // The generated one would print the secret.
    public override string ToString() => ClientId;
}
