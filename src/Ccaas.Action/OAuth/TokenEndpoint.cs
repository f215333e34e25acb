namespace Ccaas.Action.OAuth;

/// <summary>The token request: a POST to the token endpoint, RFC 6749 §3.2.</summary>
internal sealed class TokenEndpoint(HttpExchange http, TokenResponseReader reading, ResponseErrors refusals, Masker masker,
    TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<TokenResponse> RequestAsync(TokenPlan plan, Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        var report = new AttemptInfo("Token request")
        {
            KnownErrors = plan.TokenErrors,
            LossMeans = "the response was lost, and with it perhaps a token, which revoke cannot end",
            Prepare = each =>
                each.Content = RequestBody.Of(plan.Grant, ClientAuthentication.Apply(plan.Client, each, address, masker, time.GetUtcNow())),
        };
        var reply = await http.SendAsync(request, report, cancellation);
        return reply.IsSuccess
            ? reading.Read(reply, PlainText.Host(address), plan.Api.ResponseField)
            : throw refusals.Explain(reading.Masked(reply), address, "the request for a token");
    }
}
