namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// Credentials of a role for an OIDC token, AssumeRoleWithWebIdentity of the Security Token Service (STS). The request is not
/// signed, because the token authenticates it: <see
/// href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"/>.
/// </summary>
internal sealed class AssumedRole(Uri address, string role, string? session, IIdTokenSource idToken) : IAwsCredentialSource
{
    private const string Action = "AssumeRoleWithWebIdentity";
    private const string Version = "2011-06-15";

    // CloudTrail shows it.
    private const string DefaultSession = "ccaas-token";

    // The shortest that STS accepts; a run takes a minute at most.
    private const string DurationSeconds = "900";

    public IReadOnlyList<Secret> Secrets => idToken.Secrets;

    public async Task<AwsCredentials> ObtainAsync(AwsSecret target, CancellationToken cancellation)
    {
        var token = await idToken.GetAsync(target.Connection, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var response = await RequestAsync(target, token, cancellation);
            var body = new QueryResponse(response.Body);
            if (response.IsSuccess)
            {
                return AwsCredentials.Read(body["AccessKeyId"], body["SecretAccessKey"], body["SessionToken"],
                    target.Connection.Masker) is { SessionToken: not null } credentials
                    ? credentials
                    : throw target.Failed("cannot be used, because the response of AWS STS holds no credentials",
                        "the address is not that of STS, or something in between responds in its place.",
                        "check the region, AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL.");
            }

            var error = new AwsError(body["Code"] ?? "", body["Message"] ?? "");
            if (attempt == StoreConnection.MaxAttempts || error.Kind is not ("Throttling" or "IDPCommunicationError"))
            {
                throw AssumedRoleErrors.Explain(target, role, response.Status, error);
            }

            // A 400 with an XML body, which the retry table does not read.
            await Task.Delay(Backoff.First, target.Connection.Time, cancellation);
        }
    }

    private async Task<HttpReply> RequestAsync(AwsSecret target, Secret token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(
            [
                new("Action", Action),
                new("Version", Version),
                new("RoleArn", role),
                new("RoleSessionName", session ?? DefaultSession),
                new("DurationSeconds", DurationSeconds),
                new("WebIdentityToken", token.Reveal()),
            ]),
        };
        // With the HTTP client's default, JSON, STS responds in a format that is not documented.
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/xml"));
        return await target.Connection.SendAsync(request, "Credentials of the role", cancellation);
    }
}

/// <summary>Cause and remedy for each error of AssumeRoleWithWebIdentity.</summary>
internal static class AssumedRoleErrors
{
    public static FailureException Explain(AwsSecret target, string role, HttpStatusCode status, AwsError error)
    {
        var name = target.Connection.UntrustedText.Clean(role, 200);
        var message = $"cannot be used, because AWS STS issued no credentials of the role "
            + $"{name}{target.Describe(error.Code.Length > 0 ? error.Code : AttemptLog.Status(status), error.Message)}";
        return error.Kind switch
        {
            "AccessDenied" => target.Refused(message,
                "the role's trust policy does not allow this job: its condition on sub names another repository, branch or environment, "
                    + "or its condition on aud is not sts.amazonaws.com; or there is no such role.",
                "compare the trust policy with the job: Principal.Federated is the identity provider of the CI system (in GitHub Actions "
                    + "token.actions.githubusercontent.com), aud is sts.amazonaws.com, and sub fits this job, like "
                    + "repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH; then check AWS_ROLE_ARN."),
            "InvalidIdentityToken" => target.Refused(message,
                "the role's account has no identity provider for the issuer of the token, or one without the audience sts.amazonaws.com; "
                    + "or the token is invalid.",
                "in IAM > Identity providers, add the CI system's issuer (in GitHub Actions https://token.actions.githubusercontent.com) "
                    + "with the audience sts.amazonaws.com."),
            "ExpiredToken" => target.Refused(message,
                "the file that AWS_WEB_IDENTITY_TOKEN_FILE names holds an expired token, or the job waited too long.",
                "renew the file before this step."),
            "IDPRejectedClaim" => target.Refused(message,
                "the identity provider revoked the token.",
                "run the job again, for a new token."),
            "IDPCommunicationError" => target.Failed(message,
                "AWS could not reach the CI system's issuer to check the token.",
                "run the job again; if it fails again, check that the issuer's keys can be reached from the internet."),
            "RegionDisabled" => target.Refused(message,
                "STS is disabled for this region in the role's account.",
                "enable the region in IAM > Account settings, or set AWS_ENDPOINT_URL_STS to that of another region."),
            "ValidationError" or "InvalidParameterValue" => target.Failed(message,
                "AWS_ROLE_ARN is not the ARN of a role, or AWS_ROLE_SESSION_NAME is not 2 to 64 letters, digits and _+=,.@-.",
                "write the role like arn:aws:iam::123456789012:role/NAME."),
            "Throttling" => StoreFailures.Throttled(target.Shown, message),
            _ => target.Failed(message, "",
                "check the region, AWS_ROLE_ARN, and AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL if they are set."),
        };
    }
}

/// <summary>
/// Texts of elements in a response of AWS's query protocol, by element name. The response is flat enough for that, and the
/// framework's XML reader would add more to the executable than the rest of this store.
/// </summary>
/// <param name="body">XML, or anything else; its size is bounded already.</param>
internal sealed class QueryResponse(ReadOnlyMemory<byte> body)
{
    private readonly string _text = Encoding.UTF8.GetString(body.Span);

    /// <returns>
    /// The text of the first element of that name; null when there is none, or it holds other elements. AWS sends no comments,
    /// CDATA or document types: in a response with one, nothing is found.
    /// </returns>
    public string? this[string element]
    {
        get
        {
            if (_text.Contains("<!", StringComparison.Ordinal))
            {
                return null;
            }

            var (startTag, endTag) = ($"<{element}>", $"</{element}>");
            var start = _text.IndexOf(startTag, StringComparison.Ordinal);
            var rest = start < 0 ? "" : _text[(start + startTag.Length)..];
            var end = rest.IndexOf('<', StringComparison.Ordinal);
            return end >= 0 && rest[end..].StartsWith(endTag, StringComparison.Ordinal) ? Plain(rest[..end].Trim()) : null;
        }
    }

    // The five entities of XML; the ampersand last, so that no text is decoded twice.
    private static string Plain(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal)
        .Replace("&apos;", "'", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);
}
