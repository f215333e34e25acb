namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// A role's keys for somebody else's token, AssumeRoleWithWebIdentity of the Security Token Service; unsigned, because the token
/// is the proof: <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"/>.
/// </summary>
internal sealed class AssumedRole(Uri address, string role, string? session, WebIdentityToken idToken) : IAwsCredentialSource
{
    private const string Action = "AssumeRoleWithWebIdentity";
    private const string Version = "2011-06-15";

    // Under what name the role's deeds stand in CloudTrail.
    private const string OwnSession = "ccaas-token";

    // The least that can be asked for, a quarter of an hour: a run takes a minute at most.
    private const string Seconds = "900";

    public IReadOnlyList<Secret> Secrets => idToken.Secrets;

    public async Task<AwsCredentials> ObtainAsync(AwsQuestions questions, CancellationToken cancellation)
    {
        var token = await idToken.ReadAsync(questions, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var reply = await AskAsync(questions, token, cancellation);
            var response = new QueryResponse(reply.Body);
            if (reply.IsSuccess)
            {
                return AwsCredentials.Read(response["AccessKeyId"], response["SecretAccessKey"], response["SessionToken"], questions.Connection.Masker) is { SessionToken: not null } key
                    ? key
                    : throw questions.Failed("cannot be used, because AWS STS responded with something that holds no keys",
                        "the address is not that of STS, or something in between responds in its place.",
                        "check the region, AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL.");
            }

            var error = new AwsError(response["Code"] ?? "", response["Message"] ?? "");
            if (attempt == StoreConnection.MaxAttempts || error.Kind is not ("Throttling" or "IDPCommunicationError"))
            {
                throw AssumedRoleRefusals.Explain(questions, role, reply.Status, error);
            }

            // A 400 in XML, which the table of retries cannot read.
            await Task.Delay(Backoff.First, questions.Connection.Time, cancellation);
        }
    }

    private async Task<HttpReply> AskAsync(AwsQuestions questions, Secret token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(
            [
                new("Action", Action),
                new("Version", Version),
                new("RoleArn", role),
                new("RoleSessionName", session ?? OwnSession),
                new("DurationSeconds", Seconds),
                new("WebIdentityToken", token.Reveal()),
            ]),
        };
        // Asked for JSON, as this program's client asks, the service would answer in a form that is documented nowhere.
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/xml"));
        return await questions.AskAsync(request, "Keys of the role", cancellation);
    }
}

/// <summary>What the errors of AssumeRoleWithWebIdentity mean for the person who reads them.</summary>
internal static class AssumedRoleRefusals
{
    public static FailureException Explain(AwsQuestions questions, string role, HttpStatusCode status, AwsError error)
    {
        var name = questions.Connection.UntrustedText.Clean(role, 200);
        var message = $"cannot be used, because AWS STS gave no keys of the role {name}{questions.Said(error.Code.Length > 0 ? error.Code : AttemptLog.Status(status), error.Message)}";
        return error.Kind switch
        {
            "AccessDenied" => questions.Refused(message,
                "the role's trust policy does not let in this job: its condition on sub names another repository, branch or environment, or its condition on aud is not sts.amazonaws.com; or there is no such role.",
                "compare the trust policy with the job: Principal.Federated is the identity provider of the CI system (in GitHub Actions token.actions.githubusercontent.com), aud is sts.amazonaws.com, and sub fits this job, like repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH; then check AWS_ROLE_ARN."),
            "InvalidIdentityToken" => questions.Refused(message,
                "the role's account has no identity provider for the issuer of the token, or one without the audience sts.amazonaws.com; or the token is none.",
                "in IAM > Identity providers, add the CI system's issuer (in GitHub Actions https://token.actions.githubusercontent.com) with the audience sts.amazonaws.com."),
            "ExpiredToken" => questions.Refused(message,
                "the file that AWS_WEB_IDENTITY_TOKEN_FILE names holds an old token, or the job waited too long.",
                "have the file renewed before this step."),
            "IDPRejectedClaim" => questions.Refused(message,
                "the identity provider revoked the token.",
                "run the job again, for a new token."),
            "IDPCommunicationError" => questions.Failed(message,
                "AWS could not reach the CI system's issuer to check the token.",
                "run the job again; if it stays, check that the issuer's keys can be had from the internet."),
            "RegionDisabled" => questions.Refused(message,
                "STS is switched off for this region in the role's account.",
                "switch the region on in IAM > Account settings, or set AWS_ENDPOINT_URL_STS to that of another region."),
            "ValidationError" or "InvalidParameterValue" => questions.Failed(message,
                "AWS_ROLE_ARN is no role's ARN, or AWS_ROLE_SESSION_NAME is not 2 to 64 letters, digits and _+=,.@-.",
                "write the role like arn:aws:iam::123456789012:role/NAME."),
            "Throttling" => StoreFailures.Throttled(questions.Store, message),
            _ => questions.Failed(message, "", "check the region, AWS_ROLE_ARN, and AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL if they are set."),
        };
    }
}

/// <summary>
/// Texts of elements in an answer of AWS's query protocol, by their names: the answer is flat enough for that, and the
/// framework's reader of XML would add to the executable more than all the rest of this store.
/// </summary>
/// <param name="body">XML, or anything else; bounded by whoever received it.</param>
internal sealed class QueryResponse(ReadOnlyMemory<byte> body)
{
    private readonly string _text = Encoding.UTF8.GetString(body.Span);

    /// <returns>
    /// The text of the first element of that name; null when there is none, or it holds more than text. Comments, CDATA and
    /// document types are nothing that AWS sends: an answer with one is not read at all.
    /// </returns>
    public string? this[string element]
    {
        get
        {
            if (_text.Contains("<!", StringComparison.Ordinal))
            {
                return null;
            }

            var (start, closing) = ($"<{element}>", $"</{element}>");
            var begin = _text.IndexOf(start, StringComparison.Ordinal);
            var rest = begin < 0 ? "" : _text[(begin + start.Length)..];
            var end = rest.IndexOf('<', StringComparison.Ordinal);
            return end >= 0 && rest[end..].StartsWith(closing, StringComparison.Ordinal) ? Plain(rest[..end].Trim()) : null;
        }
    }

    // The five entities of XML; the ampersand last, so that what it stands before is not read twice.
    private static string Plain(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal)
        .Replace("&apos;", "'", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);
}

/// <summary>A token that says which job this is: from the file where something keeps it, or else from the CI system.</summary>
/// <param name="file">Where it stands; null: the CI system is asked.</param>
/// <param name="identity">How the CI system is asked; null: the file holds it.</param>
internal sealed class WebIdentityToken(string? file, CiIdTokenEndpoint? identity)
{
    // What AWS's own action asks for, and what its page tells people to trust.
    private const string Audience = "sts.amazonaws.com";

    public IReadOnlyList<Secret> Secrets => identity is null ? [] : [identity.Bearer];

    /// <returns>The token, masked.</returns>
    /// <exception cref="FailureException">There is none.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Secret> ReadAsync(AwsQuestions questions, CancellationToken cancellation) => identity is null
        ? SecretText.Read(file!, questions) is { } token && AwsCredentials.IsSendable(token.Reveal()) ? token : throw Unreadable(questions)
        : await CiIdToken.Of(identity, Audience, questions.Store).AskAsync(questions.Connection, cancellation);

    private static FailureException Unreadable(AwsQuestions questions) => questions.Failed(
        "cannot be used, because the file that AWS_WEB_IDENTITY_TOKEN_FILE names holds no token, or cannot be read",
        "the file is not there for this step or in this container, or it is empty.",
        "check the path, and that the step may read it; a container sees files of the host only where they are mounted.");
}
