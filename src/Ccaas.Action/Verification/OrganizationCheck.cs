using System.Net.Http.Headers;
using System.Text.Json;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Masking;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Verification;

/// <summary>Asks the vendor which organisation a token belongs to, and refuses those that are not allowed.</summary>
internal sealed class OrganizationCheck(HttpExchange http, VendorRefusals refusals, ForeignText foreignText)
{
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<Organization>> AskAsync(AccessToken token, OrganizationProbe probe, IReadOnlyList<KnownError> knownErrors, IReadOnlyList<string> allowed, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, probe.Address);
        request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, token.Value.Reveal());

        if (!(await http.SendAsync(request, new AttemptReport("Organisation check") { KnownErrors = knownErrors }, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        if (!reply.IsSuccess)
        {
            return refusals.Explain(reply, probe.Address, "the question which organisation the token belongs to");
        }

        if (Read(reply, probe) is not { } organization)
        {
            return Nonsense(probe);
        }

        return allowed.Count == 0 || allowed.Contains(organization.Id, StringComparer.OrdinalIgnoreCase)
            ? organization
            : NotAllowed(organization, allowed.Count);
    }

    private Organization? Read(HttpReply reply, OrganizationProbe probe)
    {
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            var id = foreignText.Clean(Field(document.RootElement, probe.IdField), 100);
            return id.Length > 0 ? new Organization(id, foreignText.Clean(Field(document.RootElement, probe.NameField), 200)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Failure Nonsense(OrganizationProbe probe) => new(ExitCode.ServerFailed, "The answer makes no sense",
        $"{probe.Address.Host} answered the question which organisation the token belongs to with something that names none.",
        "api-url is not the address of the vendor's API.",
        "check api-url and region.",
        "the-answer-makes-no-sense");

    private static Failure NotAllowed(Organization organization, int count) => new(ExitCode.NotPermitted, "The organisation is not allowed",
        $"The token belongs to {organization.Shown}, which is not among the {count} in allowed-organizations; it was not handed on.",
        "the credentials of another organisation were stored, such as production's in place of the test organisation's.",
        "check which credentials this job uses, or add the organisation's id to allowed-organizations.",
        "the-organisation-is-not-allowed");
}
