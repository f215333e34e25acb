namespace Ccaas.Action.OAuth;

/// <summary>Finds the organization of a token, and refuses organizations that are not allowed.</summary>
internal sealed class OrganizationCheck(HttpExchange http, ResponseErrors errors, UntrustedText untrustedText)
{
    /// <summary>Used where the vendor's known errors do not match: the credentials were accepted a moment ago.</summary>
    private static KnownError NotAccepted { get; } = new(ExitCode.CredentialsRefused, "The API did not accept the token",
        "api-url, region or issuer belongs to another place than the one that issued the token.",
        "leave out the addresses that you gave, or make all of them point to the same place.",
        "the-token-was-not-accepted")
    { Status = 401 };

    /// <param name="plan">The request, and its known errors.</param>
    /// <param name="issued">The token.</param>
    /// <param name="api">The vendor's API.</param>
    /// <param name="allowed">Ids, any case; empty: any organization.</param>
    /// <param name="cancellation">Canceled with the job.</param>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<Organization> CheckAsync(TokenPlan plan, TokenResponse issued, VendorApi api, IReadOnlyList<string> allowed,
        CancellationToken cancellation)
    {
        var probe = plan.Organization!;
        var address = probe.Address ?? api.Below(probe.Path);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, issued.Token.Value.Reveal());

        var reply = await http.SendAsync(
            request, new AttemptInfo("Organization check") { KnownErrors = [.. plan.ApiErrors, NotAccepted] }, cancellation);
        if (!reply.IsSuccess)
        {
            throw errors.Explain(reply, address, "the organization check");
        }

        if (Read(reply, probe, issued.IdToken) is not { } organization)
        {
            throw InvalidResponse(address);
        }

        return allowed.Count == 0 || allowed.Contains(organization.Id, StringComparer.OrdinalIgnoreCase)
            ? organization
            : throw NotAllowed(organization, allowed.Count);
    }

    private Organization? Read(HttpReply reply, OrganizationProbe probe, Secret? idToken)
    {
        var id = untrustedText.Clean(
            probe.IdClaim is { } claim ? IdTokenClaims.Read(idToken, claim) : JsonField.Text(reply.Body, probe.IdField), 100);
        return id.Length > 0 ? new Organization(id, untrustedText.Clean(JsonField.Text(reply.Body, probe.NameField), 200)) : null;
    }

    private static FailureException InvalidResponse(Uri address) => new(ExitCode.ServerFailed, "The response is invalid",
        $"{PlainText.Host(address)} responded to the organization check without naming one.",
        "api-url is not the address of the vendor's API.",
        "check api-url and region.",
        "the-response-is-invalid");

    private static FailureException NotAllowed(Organization organization, int count) =>
        new(ExitCode.NotPermitted, "The organization is not allowed",
        $"The token belongs to {organization.Shown}, which is not among the {count} in allowed-organizations; it was not published.",
        "the credentials of another organization were stored, such as production's in place of the test organization's.",
        "check which credentials this job uses, or add the organization's id to allowed-organizations.",
        "the-organization-is-not-allowed");
}

/// <summary>The organization of a token, from the vendor's response; made safe to show.</summary>
/// <param name="Id">The organization's id.</param>
/// <param name="Name">Its name; empty when the vendor gave none.</param>
internal sealed record Organization(string Id, string Name)
{
    public string Shown => Name.Length > 0 ? $"{Name} ({Id})" : Id;
}
