using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>
/// The machine's metadata service in its second version, which wants a token of its own first:
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
/// </summary>
internal sealed class InstanceMetadata(AwsState state)
{
    private const string LifetimeHeader = "X-aws-ec2-metadata-token-ttl-seconds";
    private const int MostSeconds = 21600;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    public Answer Token(Incoming request)
    {
        if (request.Header("X-Forwarded-For") is not null)
        {
            return Answer.Empty(403);
        }

        if (!int.TryParse(request.Header(LifetimeHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > MostSeconds)
        {
            return Answer.Empty(400);
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(42));
        _tokens[token] = state.Clock.GetUtcNow().AddSeconds(seconds);
        return Text(token).With(LifetimeHeader, seconds.ToString(CultureInfo.InvariantCulture));
    }

    public Answer Roles(Incoming request) => OfRole(request, role => Text(role.Name));

    public Answer Credentials(Incoming request) => OfRole(request, role =>
    {
        if (request.Part(4) != role.Name)
        {
            return Answer.Empty(404);
        }

        var key = state.AwsKeys.Issue(role, "i-0123456789abcdef0");
        var body = MachineKey.Show(key);
        body["Code"] = "Success";
        body["Type"] = "AWS-HMAC";
        body["LastUpdated"] = MachineKey.Time(state.Clock.GetUtcNow());
        return Answer.Json(200, body);
    });

    private Answer OfRole(Incoming request, Func<SandboxAwsRole, Answer> answer) =>
        !_tokens.TryGetValue(request.Header("X-aws-ec2-metadata-token") ?? "", out var end) || state.Clock.GetUtcNow() >= end
            ? Answer.Empty(401)
            : state.Aws.Roles.FirstOrDefault(role => role.IsOfTheMachine) is { } role ? answer(role) : Answer.Empty(404);

    private static Answer Text(string text) => new(200, "text/plain", Encoding.UTF8.GetBytes(text));
}
