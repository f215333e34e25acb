namespace Ccaas.Action.OAuth;

/// <summary>Finds the API's address when only the token response or the tenant has it.</summary>
internal sealed class ApiLookup(HttpExchange http, ResponseErrors errors, UntrustedText untrustedText)
{
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<VendorApi> FindAsync(TokenPlan plan, TokenResponse issued, CancellationToken cancellation)
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
                : throw NoAddress(plan, $"its {api.ResponseField} is no address that a token may be sent to");
        }

        return api.Tenant is { } document
            ? await FindByTenantAsync(plan, document, issued, cancellation)
            : new VendorApi(api.Fallback, plan.Region);
    }

    private async Task<VendorApi> FindByTenantAsync(TokenPlan plan, TenantDocument document, TokenResponse issued,
        CancellationToken cancellation)
    {
        if (IdTokenClaims.Read(issued.IdToken, document.Claim) is not { Length: > 0 } tenant)
        {
            throw NoAddress(plan, $"its id_token names no {document.Claim}");
        }

        var address = new Uri($"{document.Address}?{document.Claim}={Uri.EscapeDataString(tenant)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var reply = await http.SendAsync(request, new AttemptInfo("API lookup"), cancellation);
        if (reply.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            throw NoAddress(plan,
                $"{PlainText.Host(document.Address)} does not know its tenant (it responded with {AttemptLog.Status(reply.Status)})");
        }

        if (!reply.IsSuccess)
        {
            throw errors.Explain(reply, address, "the API lookup");
        }

        return EndpointRule.Named(JsonField.Text(reply.Body, document.ApiField)) is { } api
            ? new VendorApi(api, untrustedText.Clean(JsonField.Text(reply.Body, document.RegionField), 60))
            : throw NoAddress(plan,
                $"the document at {PlainText.Host(document.Address)} names no {document.ApiField} that a token may be sent to");
    }

    private static FailureException NoAddress(TokenPlan plan, string why) => new(ExitCode.ServerFailed, "The API's address is not known",
        $"{plan.ProviderTitle} issued a token, but {why}; the token was not published.",
        "the tenant is set up in another way than most.",
        plan.Api.Tenant is null ? "give the API's address in api-url." : "give the API's address in api-url, or the tenant's area in "
            + "region.",
        "the-apis-address-is-not-known");
}

/// <summary>The vendor's API.</summary>
/// <param name="Base">Its base address; null when it is not known.</param>
/// <param name="Region">Its region; empty where there is none.</param>
internal sealed record VendorApi(Uri? Base, string Region)
{
    /// <summary>
    /// The base address without a trailing slash, because people append paths that start with one; empty when it is not known.
    /// </summary>
    public string Shown => Base?.GetLeftPart(UriPartial.Path).TrimEnd('/') ?? "";

    /// <exception cref="InvalidOperationException">The base is not known.</exception>
    public Uri Below(string path) => Base is null
        ? throw new InvalidOperationException("The API's address is not known.")
        : new Uri($"{Shown}/{path}");
}

/// <summary>
/// Reads a claim of an id token. Its signature is not checked: it comes directly from the token endpoint over TLS with a checked
/// certificate, which OpenID Connect Core §3.1.3.7 accepts instead.
/// </summary>
internal static class IdTokenClaims
{
    /// <returns>The claim's text, not made safe; null when there is none.</returns>
    public static string? Read(Secret? idToken, string claim)
    {
        if (idToken?.Reveal().Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return null;
        }

        return JsonField.Text(Base64Url.DecodeFromChars(payload), claim);
    }
}
