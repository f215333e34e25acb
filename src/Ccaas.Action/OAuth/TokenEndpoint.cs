using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Requests;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.OAuth;

/// <summary>The exchange itself: one POST of a form to the token endpoint, RFC 6749 §3.2.</summary>
internal sealed class TokenEndpoint(HttpExchange http, TokenReading reading, VendorRefusals refusals)
{
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<IssuedToken>> RequestAsync(TokenPlan plan, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, plan.TokenEndpoint);
        request.Headers.Authorization = ClientAuthentication.Basic(plan.Client);
        request.Content = new FormUrlEncodedContent(plan.Form);

        if (!(await http.SendAsync(request, new AttemptReport("Token request") { KnownErrors = plan.TokenErrors }, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        if (!reply.IsSuccess)
        {
            return refusals.Explain(reply, plan.TokenEndpoint, "the request for a token");
        }

        return reading.Read(reply, plan.TokenEndpoint.Host).Succeeded(out var token, out var nonsense)
            ? new IssuedToken(token, reply.Attempt.Count)
            : nonsense;
    }
}

/// <param name="Token">The token.</param>
/// <param name="Attempts">Tries it took.</param>
internal sealed record IssuedToken(AccessToken Token, int Attempts);
