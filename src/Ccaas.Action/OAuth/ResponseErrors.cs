namespace Ccaas.Action.OAuth;

/// <summary>Explains an error response: by the vendor's known errors, otherwise by the rules of OAuth and HTTP.</summary>
internal sealed class ResponseErrors(TokenPlan plan, UntrustedText untrustedText, Deadline deadline)
{
    /// <param name="reply">The response.</param>
    /// <param name="address">The server.</param>
    /// <param name="purpose">The request's name, such as "the request for a token".</param>
    public FailureException Explain(HttpReply reply, Uri address, string purpose)
    {
        var status = (int)reply.Status;
        var meaning = reply.Attempt.KnownErrors.FirstOrDefault(known => known.Matches(status, reply.Error.Code, reply.Error.Description))
            ?? Rule(reply);
        var message =
            $"{PlainText.Host(address)} responded to {purpose} with {AttemptLog.Status(reply.Status)}{Said(reply)}{Correlation(reply)}.";
        if (reply.RetryAfter is { Ticks: > 0 } wait)
        {
            var noRoom = !reply.Attempt.RetryAfterTooLong ? "" : $"; the timeout of {Durations.Describe(deadline.Timeout)} leaves no room "
                + "for that";
            message += $" It asks to come back in {Durations.Describe(wait)}, at {ComeBackAt(reply.Attempt, wait)}{noRoom}.";
        }

        return new FailureException(meaning.ExitCode, meaning.Title, message, meaning.Cause, meaning.Remedy, meaning.Topic);
    }

    private static string ComeBackAt(AttemptInfo attempt, TimeSpan wait) =>
        Durations.After(attempt.StartedAt, wait).UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private string Said(HttpReply reply) =>
        (untrustedText.Clean(reply.Error.Code, 60), untrustedText.Clean(reply.Error.Description).TrimEnd('.')) switch
        {
            ("", "") => "",
            (var code, "") => $": {code}",
            ("", var description) => $": {description}",
            var (code, description) => $": {code} ({description})",
        };

    private string Correlation(HttpReply reply) =>
        plan.CorrelationHeader is { } header && reply.Headers.TryGetValue(header, out var id)
            ? $" [{header}: {untrustedText.Clean(id, 60)}]"
            : "";

    private static KnownError Rule(HttpReply reply) => reply switch
    {
        { Error.Code: "invalid_client" or "invalid_grant" } or { Status: HttpStatusCode.Unauthorized } => new(
            ExitCode.CredentialsRefused, "The credentials were refused",
            "the client id or the secret is wrong, expired or was replaced.",
            "store both again, and check that they belong to this server.",
            "the-client-was-refused"),
        { Error.Code: "unauthorized_client" or "unsupported_grant_type" } => new(
            ExitCode.NotPermitted, "The grant type is not allowed",
            "the client was made for another grant type than this one, or the server does not know it.",
            "check which grant types the client is registered for at the vendor.",
            "the-grant-type-is-not-allowed"),
        { Error.Code: "access_denied" } or { Status: HttpStatusCode.Forbidden } => new(
            ExitCode.NotPermitted, "Permission was refused",
            "the client exists but may not do this.",
            "check the client's grant types, roles and scopes at the vendor.",
            "permission-was-refused"),
        { Status: HttpStatusCode.TooManyRequests } => new(
            ExitCode.RateLimited, "The server limits the rate",
            "too many jobs send requests at the same time.",
            "let fewer jobs run at once, or raise the timeout.",
            "rate-limited"),
        { IsRedirect: true } => new(
            ExitCode.ServerFailed, "The server redirects",
            "the address is an old one, or a sign-in page stands before it. Credentials never follow a redirect.",
            "give the final address in token-url, issuer or api-url.",
            "the-server-redirects"),
        { Status: HttpStatusCode.BadRequest } => new(
            ExitCode.CredentialsRefused, "The request was refused",
            "the server does not accept this grant, this client or one of the fields.",
            "compare the inputs with what the vendor's documentation asks for.",
            "the-request-was-refused"),
        { Status: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed } => new(
            ExitCode.ServerFailed, "Not found at this address",
            "the address is mistyped or belongs to another service.",
            "check token-url, issuer, api-url and region.",
            "not-found-at-this-address"),
        _ => new(
            ExitCode.ServerFailed, "The server failed",
            "the vendor has an outage, or a gateway in between does.",
            "look at the vendor's status page and run the job again later.",
            "the-server-failed"),
    };
}
