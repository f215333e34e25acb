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

    public Response Token(Incoming request)
    {
        if (request.Header("X-Forwarded-For") is not null)
        {
            return Response.Empty(403);
        }

        if (!int.TryParse(request.Header(LifetimeHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > MostSeconds)
        {
            return Response.Empty(400);
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(42));
        _tokens[token] = state.Clock.GetUtcNow().AddSeconds(seconds);
        return Text(token).With(LifetimeHeader, seconds.ToString(CultureInfo.InvariantCulture));
    }

    public Response Roles(Incoming request) => OfRole(request, role => Text(role.Name));

    public Response Credentials(Incoming request) => OfRole(request, role =>
    {
        if (request.Part(4) != role.Name)
        {
            return Response.Empty(404);
        }

        var key = state.AwsKeys.Issue(role, "i-0123456789abcdef0");
        var body = MachineKey.Show(key);
        body["Code"] = "Success";
        body["Type"] = "AWS-HMAC";
        body["LastUpdated"] = MachineKey.Time(state.Clock.GetUtcNow());
        return Response.Json(200, body);
    });

    private Response OfRole(Incoming request, Func<SandboxAwsRole, Response> response) =>
        !_tokens.TryGetValue(request.Header("X-aws-ec2-metadata-token") ?? "", out var end) || state.Clock.GetUtcNow() >= end
            ? Response.Empty(401)
            : state.Aws.Roles.FirstOrDefault(role => role.IsOfTheMachine) is { } role ? response(role) : Response.Empty(404);

    private static Response Text(string text) => new(200, "text/plain", Encoding.UTF8.GetBytes(text));
}
