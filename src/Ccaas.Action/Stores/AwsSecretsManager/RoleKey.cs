using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>A role's keys as containers and instances are told them: one JSON object.</summary>
internal static class RoleKey
{
    public static Result<AwsKey> Read(HttpReply reply, AwsQuestions questions)
    {
        var key = reply.IsSuccess
            ? JsonField.Read(reply.Body, root => AwsKey.Read(
                JsonField.Text(root, "AccessKeyId"), JsonField.Text(root, "SecretAccessKey"), JsonField.Text(root, "Token"), questions.Connection.Masker))
            : null;
        return key is { SessionToken: not null } ? key : reply.IsSuccess
            ? questions.Failed("cannot be used, because the keys of this machine's role were told in a form that makes no sense",
                "the address is not that of AWS's service.",
                "check AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_EC2_METADATA_SERVICE_ENDPOINT.")
            : questions.Failed($"cannot be used, because this machine was not told the keys of its role (the answer was {AttemptLog.Status(reply.Status)}{questions.Said(reply.Error.Code, reply.Error.Description)})",
                "it has no role, or AWS_CONTAINER_AUTHORIZATION_TOKEN is not the one that it was given.",
                "check the role of the task, the pod or the instance; or give credentials in another way.");
    }
}
