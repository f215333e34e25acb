using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
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

/// <summary>
/// What a container is given: by a path on a fixed address without a word more, or by a full URI with a token.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
/// </summary>
internal sealed class ContainerCredentials(AwsState state)
{
    public Response ByPath() => Issue("ecs");

    public Response ByToken(Incoming request) => request.Header("Authorization") == state.Aws.ContainerAuthorizationToken
        ? Issue("eks")
        : Response.Json(401,
            new { code = "AccessDenied", message = "The authorization token is not the one that the container was given." });

    private Response Issue(string session)
    {
        if (state.Aws.Roles.FirstOrDefault(role => role.IsOfTheMachine) is not { } role)
        {
            return Response.Json(404, new { code = "NoRole", message = "The container has no role." });
        }

        var body = MachineKey.Show(state.AwsKeys.Issue(role, session));
        body["RoleArn"] = role.Arn;
        return Response.Json(200, body);
    }
}

/// <summary>A role's key as the metadata services show it.</summary>
internal static class MachineKey
{
    public static JsonObject Show(SandboxAccessKey key) => new()
    {
        ["AccessKeyId"] = key.AccessKeyId,
        ["SecretAccessKey"] = key.SecretAccessKey,
        ["Token"] = key.SessionToken,
        ["Expiration"] = Time(key.ExpiresAt!.Value),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
