using System.Net;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.Requests;

namespace Ccaas.Action.OAuth;

/// <summary>Finds out where the vendor's API is, when only the answer or the tenant tells.</summary>
internal sealed class ApiLookup(HttpExchange http, VendorRefusals refusals, ForeignText foreignText)
{
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<VendorApi>> FindAsync(TokenPlan plan, IssuedToken issued, CancellationToken cancellation)
    {
        var api = plan.Api;
        if (api.Base is not null)
        {
            return new VendorApi(api.Base, plan.Region);
        }

        if (issued.Api is { } text)
        {
            return EndpointRule.Named(text) is { } address
                ? new VendorApi(address, plan.Region)
                : NoAddress(plan, $"its {api.AnswerField} is no address that a token may be sent to");
        }

        return api.Tenant is { } document ? await AskAsync(plan, document, issued, cancellation).ConfigureAwait(false) : new VendorApi(api.Fallback, plan.Region);
    }

    private async Task<Result<VendorApi>> AskAsync(TokenPlan plan, TenantDocument document, IssuedToken issued, CancellationToken cancellation)
    {
        if (IdTokenClaims.Read(issued.IdToken, document.Claim) is not { Length: > 0 } tenant)
        {
            return NoAddress(plan, $"its id_token names no {document.Claim}");
        }

        var address = new Uri($"{document.Address}?{document.Claim}={Uri.EscapeDataString(tenant)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (!(await http.SendAsync(request, new AttemptReport("API lookup"), cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        if (reply.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return NoAddress(plan, $"{PlainText.Host(document.Address)} does not know its tenant (it answered {AttemptLog.Status(reply.Status)})");
        }

        if (!reply.IsSuccess)
        {
            return refusals.Explain(reply, address, "the question where the tenant's API is");
        }

        return EndpointRule.Named(JsonField.Text(reply.Body, document.ApiField)) is { } api
            ? new VendorApi(api, foreignText.Clean(JsonField.Text(reply.Body, document.RegionField), 60))
            : NoAddress(plan, $"the document at {PlainText.Host(document.Address)} names no {document.ApiField} that a token may be sent to");
    }

    private static Failure NoAddress(TokenPlan plan, string why) => new(ExitCode.ServerFailed, "The API's address is not known",
        $"{plan.ProviderTitle} issued a token, but {why}; the token was not handed on.",
        "the tenant is set up in another way than most.",
        plan.Api.Tenant is null ? "give the API's address in api-url." : "give the API's address in api-url, or the tenant's area in region.",
        "the-apis-address-is-not-known");
}
