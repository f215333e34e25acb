using System.Net;
using System.Net.Http.Headers;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Masking;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Revocation;

/// <summary>Takes a token back: by RFC 7009 or in the vendor's own way.</summary>
internal sealed class TokenRevocation(TokenPlan plan, HttpExchange http, VendorRefusals refusals, Masker masker, IRunLog log, TimeProvider time)
{
    private const string Purpose = "the request to revoke the token";

    /// <returns>Null when the token is good for nothing any more, whoever brought that about; else why it may still be.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Failure?> RevokeAsync(RevocationTicket ticket, CancellationToken cancellation)
    {
        var fingerprint = new AccessToken(ticket.Token, null).Fingerprint;
        if (ticket.ExpiresAt <= time.GetUtcNow())
        {
            log.Info($"Access token {fingerprint} has expired by itself; there is nothing to revoke");
            return null;
        }

        using var request = new HttpRequestMessage(ticket.IsVendorsOwn ? HttpMethod.Delete : HttpMethod.Post, ticket.Address);
        var report = new AttemptReport("Revocation")
        {
            KnownErrors = ticket.IsVendorsOwn ? plan.ApiErrors : plan.TokenErrors,
            Prepare = each => Prepare(each, ticket),
        };
        if (!(await http.SendAsync(request, report, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        if (reply.IsSuccess)
        {
            log.Info($"Revoked access token {fingerprint}");
            return null;
        }

        var failure = refusals.Explain(reply, ticket.Address, Purpose);
        if (!IsGone(reply, failure, ticket))
        {
            return failure;
        }

        log.Info($"Access token {fingerprint} was no longer valid; there is nothing to revoke");
        return null;
    }

    private void Prepare(HttpRequestMessage request, RevocationTicket ticket)
    {
        if (ticket.IsVendorsOwn)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, ticket.Token.Reveal());
            return;
        }

        // No token_type_hint: servers look for access tokens first without it, and some refuse what they do not know.
        var form = new TokenGrant([GrantField.Of("token", ticket.Token)]);
        var client = plan.RevokesWithoutClient ? null : plan.Client;
        request.Content = RequestBody.Of(form, ClientAuthentication.Apply(client, request, ticket.TokenEndpoint, masker, time.GetUtcNow()));
    }

    // A token that proves nothing any more is refused like any wrong one. By RFC 7009 §2.2 that would be a success; some
    // servers have an error for it.
    private static bool IsGone(HttpReply reply, Failure failure, RevocationTicket ticket) => ticket.IsVendorsOwn
        ? reply.Status == HttpStatusCode.Unauthorized && failure.ExitCode == ExitCode.CredentialsRefused
        : reply.Error.Code == "invalid_token";
}
