namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// Cause and remedy for each error of Secrets Manager:
/// <see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html"/>.
/// </summary>
internal sealed class SecretsManagerErrors(AwsSecret target, string region, string name)
{
    public FailureException Explain(HttpReply response, SecretsManagerOperation operation)
    {
        var error = AwsError.Of(response);
        var code = error.Code.Length > 0 ? error.Code : AttemptLog.Status(response.Status);
        var message = $"could not be {operation.Done}{target.Describe(code, error.Message)}";
        return error.Kind switch
        {
            "DecryptionFailure" or "EncryptionFailure" => KeyRefused(message, operation),
            "AccessDenied" when error.Message.Contains("KMS", StringComparison.OrdinalIgnoreCase) => KeyRefused(message, operation),
            "AccessDenied" => Denied(message, operation),
            "InvalidRequest" when IsAboutDeletion(error) => StoreFailures.Deleted(target.Shown, message,
                $"run aws secretsmanager restore-secret --region {region} --secret-id {name}, or give another name; after delete-secret "
                    + "--force-delete-without-recovery the name is free again."),
            "UnrecognizedClient" or "InvalidClientTokenId" or "InvalidAccessKeyId" => target.Refused(message,
                "the access key was deleted or disabled, belongs to another partition of AWS, or is a temporary one without its "
                    + "AWS_SESSION_TOKEN.",
                "give an access key that is active, with all of its parts from the same place (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY "
                    + "and, for a temporary one, AWS_SESSION_TOKEN)."),
            "ExpiredToken" or "TokenRefreshRequired" => target.Refused(message,
                "the session that AWS_SESSION_TOKEN belongs to has ended.",
                "obtain new credentials in this job before this step, or let this program do it (AWS_ROLE_ARN)."),
            "RequestExpired" or "RequestTimeTooSkewed" => WrongClock(message),
            "InvalidSignature" or "SignatureDoesNotMatch" when IsAboutTime(error) => WrongClock(message),
            "InvalidSignature" or "SignatureDoesNotMatch" => target.Refused(message,
                "AWS_SECRET_ACCESS_KEY is not the secret of AWS_ACCESS_KEY_ID, or AWS_ENDPOINT_URL leads to another region than the one "
                    + "in cache.",
                "store both parts of the key again, from the same place; and check the region."),
            "Throttling" or "TooManyRequests" or "LimitExceeded" or "RequestLimitExceeded" =>
                StoreFailures.Throttled(target.Shown, message),
            _ when response.Status == HttpStatusCode.TooManyRequests => StoreFailures.Throttled(target.Shown, message),
            "InternalServiceError" or "InternalFailure" or "ServiceUnavailable" => ServiceError(message),
            _ when response.Status >= HttpStatusCode.InternalServerError => ServiceError(message),
            "InvalidRequest" => target.Failed(message,
                "another service of AWS manages the secret, or it is in a state that does not allow this.",
                "give the shared token a secret of its own."),
            _ => target.Failed(message, "",
                "check the region, and AWS_ENDPOINT_URL_SECRETS_MANAGER and AWS_ENDPOINT_URL if they are set; a proxy may have responded "
                    + "instead of the store."),
        };
    }

    private FailureException Denied(string message, SecretsManagerOperation operation)
    {
        var actions = operation == SecretsManagerOperation.Create
            ? "secretsmanager:CreateSecret, and secretsmanager:TagResource for the tag that it gives the secret"
            : $"secretsmanager:{operation.Name}";
        return target.Refused(message,
            $"no policy allows this user or role {actions}.",
            $"allow {actions}, on secret:{name}-* of the "
                + $"region{(operation == SecretsManagerOperation.Create ? "; or create the secret yourself" : "")}. A job that shares a "
                + "token needs GetSecretValue and PutSecretValue, and CreateSecret once.");
    }

    private FailureException KeyRefused(string message, SecretsManagerOperation operation)
    {
        var action = operation == SecretsManagerOperation.Get ? "kms:Decrypt" : "kms:GenerateDataKey and kms:Decrypt";
        return target.Refused(message,
            "the secret is encrypted under a KMS key that this user or role may not use, or that is disabled or deleted.",
            $"allow {action} on that key, in the key's policy and in that of the user or role; or encrypt the secret under the account's "
                + "own key, aws/secretsmanager.");
    }

    private FailureException WrongClock(string message) => target.Refused(message,
        "this machine's clock is wrong by more than a few minutes.",
        "correct the runner's clock, and synchronize it with NTP.");

    private FailureException ServiceError(string message) => target.Failed(message,
        "Secrets Manager has a service error.",
        "run the job again; AWS's status page lists outages.");

    private static bool IsAboutDeletion(AwsError error) => error.Message.Contains("delet", StringComparison.OrdinalIgnoreCase);

    // "Signature expired: … is now earlier than …", "Signature not yet current: …"
    private static bool IsAboutTime(AwsError error) =>
        error.Message.Contains("expired", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("not yet current", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The error of a response. Raw text: clean it before it is shown.</summary>
/// <param name="Code">Without its namespace; empty when there is none.</param>
/// <param name="Message">Empty when there is none.</param>
internal sealed record AwsError(string Code, string Message)
{
    /// <summary>The code without <c>Exception</c>, which some services append and others do not.</summary>
    public string Kind => Code.EndsWith("Exception", StringComparison.Ordinal) ? Code[..^"Exception".Length] : Code;

    // The code is in the body's __type or in a header: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
    public static AwsError Of(HttpReply response) => new(
        Last(response.Error.Code ?? response.Headers.GetValueOrDefault("x-amzn-ErrorType") ?? ""),
        response.Error.Description ?? "");

    // com.amazonaws.secretsmanager#ThrottlingException, ThrottlingException:http://internal.amazon.com/coral/
    private static string Last(string type) => type.Split(':')[0].Split('#')[^1].Trim();
}
