namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// What the service's errors mean for the person who reads them:
/// <see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html"/>.
/// </summary>
internal sealed class SecretsManagerRefusals(AwsQuestions questions, string region, string name)
{
    public FailureException Explain(HttpReply reply, SecretsManagerOperation operation)
    {
        var error = AwsError.Of(reply);
        var message = $"could not be {operation.Done}{questions.Said(error.Code.Length > 0 ? error.Code : AttemptLog.Status(reply.Status), error.Message)}";
        return error.Kind switch
        {
            "DecryptionFailure" or "EncryptionFailure" => KeyRefused(message, operation),
            "AccessDenied" when error.Message.Contains("KMS", StringComparison.OrdinalIgnoreCase) => KeyRefused(message, operation),
            "AccessDenied" => Denied(message, operation),
            "InvalidRequest" when IsAboutDeletion(error) => StoreFailures.Deleted(questions.Store, message,
                $"run aws secretsmanager restore-secret --region {region} --secret-id {name}, or give another name; after delete-secret --force-delete-without-recovery the name is free again."),
            "UnrecognizedClient" or "InvalidClientTokenId" or "InvalidAccessKeyId" => questions.Refused(message,
                "the access key was deleted or switched off, belongs to another partition of AWS, or is a temporary one without its AWS_SESSION_TOKEN.",
                "give a key that is there, all of its parts from the same place (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for a temporary one, AWS_SESSION_TOKEN)."),
            "ExpiredToken" or "TokenRefreshRequired" => questions.Refused(message,
                "the session that AWS_SESSION_TOKEN belongs to has ended.",
                "obtain new credentials in this job before this step, or let this program do it (AWS_ROLE_ARN)."),
            "RequestExpired" or "RequestTimeTooSkewed" => WrongClock(message),
            "InvalidSignature" or "SignatureDoesNotMatch" when IsAboutTime(error) => WrongClock(message),
            "InvalidSignature" or "SignatureDoesNotMatch" => questions.Refused(message,
                "AWS_SECRET_ACCESS_KEY is not the secret of AWS_ACCESS_KEY_ID, or AWS_ENDPOINT_URL leads to another region than the one in cache.",
                "store both parts of the key again, from the same place; and check the region."),
            "Throttling" or "TooManyRequests" or "LimitExceeded" or "RequestLimitExceeded" => StoreFailures.Throttled(questions.Store, message),
            _ when reply.Status == HttpStatusCode.TooManyRequests => StoreFailures.Throttled(questions.Store, message),
            "InternalServiceError" or "InternalFailure" or "ServiceUnavailable" => ServiceError(message),
            _ when reply.Status >= HttpStatusCode.InternalServerError => ServiceError(message),
            "InvalidRequest" => questions.Failed(message,
                "another service of AWS manages the secret, or it is in a state that does not allow this.",
                "give the shared token a secret of its own."),
            _ => questions.Failed(message, "",
                "check the region, and AWS_ENDPOINT_URL_SECRETS_MANAGER and AWS_ENDPOINT_URL if they are set; something in between may have responded in the store's place."),
        };
    }

    private FailureException Denied(string message, SecretsManagerOperation operation)
    {
        var actions = operation == SecretsManagerOperation.Create
            ? "secretsmanager:CreateSecret, and secretsmanager:TagResource for the tag that it gives the secret"
            : $"secretsmanager:{operation.Name}";
        return questions.Refused(message,
            $"no policy allows this user or role {actions}.",
            $"allow {actions}, on secret:{name}-* of the region{(operation == SecretsManagerOperation.Create ? "; or create the secret yourself" : "")}. A job that shares a token needs GetSecretValue and PutSecretValue, and CreateSecret once.");
    }

    private FailureException KeyRefused(string message, SecretsManagerOperation operation)
    {
        var action = operation == SecretsManagerOperation.Get ? "kms:Decrypt" : "kms:GenerateDataKey and kms:Decrypt";
        return questions.Refused(message,
            "the secret is encrypted under a KMS key that this user or role may not use, or that is disabled or deleted.",
            $"allow {action} on that key, in the key's policy and in that of the user or role; or have the secret encrypted under the account's own key, aws/secretsmanager.");
    }

    private FailureException WrongClock(string message) => questions.Refused(message,
        "this machine's clock is wrong by more than a few minutes.",
        "set the runner's clock, and let NTP synchronize it.");

    private FailureException ServiceError(string message) => questions.Failed(message,
        "Secrets Manager has a service error.",
        "run the job again; AWS's status page tells of outages.");

    private static bool IsAboutDeletion(AwsError error) => error.Message.Contains("delet", StringComparison.OrdinalIgnoreCase);

    // "Signature expired: … is now earlier than …", "Signature not yet current: …"
    private static bool IsAboutTime(AwsError error) =>
        error.Message.Contains("expired", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("not yet current", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What AWS says of a request that it did not do. Raw text: clean it before showing it.</summary>
/// <param name="Code">As AWS wrote it, without its namespace; empty when there is none.</param>
/// <param name="Message">The text for people; empty when there is none.</param>
internal sealed record AwsError(string Code, string Message)
{
    /// <summary>The code without the ending that some services give to the same error and others do not.</summary>
    public string Kind => Code.EndsWith("Exception", StringComparison.Ordinal) ? Code[..^"Exception".Length] : Code;

    // The body says it in __type, or a header does: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
    public static AwsError Of(HttpReply reply) => new(
        Last(reply.Error.Code ?? reply.Headers.GetValueOrDefault("x-amzn-ErrorType") ?? ""),
        reply.Error.Description ?? "");

    // com.amazonaws.secretsmanager#ThrottlingException, ThrottlingException:http://internal.amazon.com/coral/
    private static string Last(string type) => type.Split(':')[0].Split('#')[^1].Trim();
}
