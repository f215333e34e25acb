using System.Net.Http.Headers;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>
/// A role's keys for somebody else's token, AssumeRoleWithWebIdentity of the Security Token Service; unsigned, because the token
/// is the proof: <see href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"/>.
/// </summary>
internal sealed class AssumedRole(Uri address, string role, string? session, WebIdentity proof) : IAwsKeySource
{
    private const string Action = "AssumeRoleWithWebIdentity";
    private const string Version = "2011-06-15";

    // Under what name the role's deeds stand in CloudTrail.
    private const string OwnSession = "ccaas-token";

    // The least that can be asked for, a quarter of an hour: a run takes a minute at most.
    private const string Seconds = "900";

    public IReadOnlyList<Secret> Secrets => proof.Secrets;

    public async Task<Result<AwsKey>> ObtainAsync(AwsQuestions questions, CancellationToken cancellation)
    {
        if (!(await proof.ReadAsync(questions, cancellation).ConfigureAwait(false)).Succeeded(out var token, out var none))
        {
            return none;
        }

        for (var attempt = 1; ; attempt++)
        {
            if (!(await AskAsync(questions, token, cancellation).ConfigureAwait(false)).Succeeded(out var reply, out var broken))
            {
                return broken;
            }

            var answer = new QueryAnswer(reply.Body);
            if (reply.IsSuccess)
            {
                return AwsKey.Read(answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"], questions.Connection.Masker) is { SessionToken: not null } key
                    ? key
                    : questions.Failed("cannot be used, because AWS STS answered with something that holds no keys",
                        "the address is not that of STS, or something in between answers in its place.",
                        "check the region, AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL.");
            }

            var error = new AwsError(answer["Code"] ?? "", answer["Message"] ?? "");
            if (attempt == StoreConnection.MaxAttempts || error.Kind is not ("Throttling" or "IDPCommunicationError"))
            {
                return AssumedRoleRefusals.Explain(questions, role, reply.Status, error);
            }

            // A 400 in XML, which the table of retries cannot read.
            await Task.Delay(Backoff.First, questions.Connection.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Result<HttpReply>> AskAsync(AwsQuestions questions, Secret token, CancellationToken cancellation)
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
        return await questions.AskAsync(request, "Keys of the role", cancellation).ConfigureAwait(false);
    }
}
