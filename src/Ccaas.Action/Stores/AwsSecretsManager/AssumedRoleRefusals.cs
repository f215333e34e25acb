using System.Net;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>What the errors of AssumeRoleWithWebIdentity mean for the person who reads them.</summary>
internal static class AssumedRoleRefusals
{
    public static Failure Explain(AwsQuestions questions, string role, HttpStatusCode status, AwsError error)
    {
        var name = questions.Connection.ForeignText.Clean(role, 200);
        var happened = $"cannot be used, because AWS STS gave no keys of the role {name}{questions.Said(error.Code.Length > 0 ? error.Code : AttemptLog.Status(status), error.Message)}";
        return error.Kind switch
        {
            "AccessDenied" => questions.Refused(happened,
                "the role's trust policy does not let in this job: its condition on sub names another repository, branch or environment, or its condition on aud is not sts.amazonaws.com; or there is no such role.",
                "compare the trust policy with the job: Principal.Federated is the identity provider of the CI system (in GitHub Actions token.actions.githubusercontent.com), aud is sts.amazonaws.com, and sub fits this job, like repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH; then check AWS_ROLE_ARN."),
            "InvalidIdentityToken" => questions.Refused(happened,
                "the role's account has no identity provider for the issuer of the token, or one without the audience sts.amazonaws.com; or the token is none.",
                "in IAM > Identity providers, add the CI system's issuer (in GitHub Actions https://token.actions.githubusercontent.com) with the audience sts.amazonaws.com."),
            "ExpiredToken" => questions.Refused(happened,
                "the file that AWS_WEB_IDENTITY_TOKEN_FILE names holds an old token, or the job waited too long.",
                "have the file renewed before this step."),
            "IDPRejectedClaim" => questions.Refused(happened,
                "the identity provider took the token back.",
                "run the job again, for a new token."),
            "IDPCommunicationError" => questions.Failed(happened,
                "AWS could not reach the CI system's issuer to check the token.",
                "run the job again; if it stays, check that the issuer's keys can be had from the internet."),
            "RegionDisabled" => questions.Refused(happened,
                "STS is switched off for this region in the role's account.",
                "switch the region on in IAM > Account settings, or set AWS_ENDPOINT_URL_STS to that of another region."),
            "ValidationError" or "InvalidParameterValue" => questions.Failed(happened,
                "AWS_ROLE_ARN is no role's ARN, or AWS_ROLE_SESSION_NAME is not 2 to 64 letters, digits and _+=,.@-.",
                "write the role like arn:aws:iam::123456789012:role/NAME."),
            "Throttling" => StoreFailures.Throttled(questions.Store, happened),
            _ => questions.Failed(happened, "", "check the region, AWS_ROLE_ARN, and AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL if they are set."),
        };
    }
}
