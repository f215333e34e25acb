using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>
/// Somebody else's token for a role's keys, in the query protocol and unsigned:
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
/// </summary>
internal sealed partial class SecurityTokenService(AwsState state)
{
    private const string Action = "AssumeRoleWithWebIdentity";
    private const string Version = "2011-06-15";

    // An hour, which is also a role's default maximum.
    private const int MostSeconds = 3600;
    private const int LeastSeconds = 900;

    private static readonly XNamespace Namespace = $"https://sts.amazonaws.com/doc/{Version}/";

    public Response Call(Incoming request)
    {
        if (!FormRequest.TryRead(request, out var form, out var unreadable))
        {
            return Error(unreadable.Status, "ValidationError", unreadable.Description);
        }

        if (form["Action"] != Action || form["Version"] != Version)
        {
            return Error(400, "InvalidAction", $"Could not find operation {form["Action"]} for version {form["Version"]}");
        }

        if (form["RoleSessionName"] is not { } session
            || !SessionName().IsMatch(session)
            || form["RoleArn"] is not { } arn
            || form["WebIdentityToken"] is not { } token)
        {
            return Error(400, "ValidationError", "RoleArn, WebIdentityToken and RoleSessionName (2 to 64 of A-Za-z0-9_+=,.@-) are needed.");
        }

        if (!int.TryParse(form["DurationSeconds"] ?? "3600", CultureInfo.InvariantCulture, out var seconds)
            || seconds is < LeastSeconds or > MostSeconds)
        {
            return Error(400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }

        return FederatedAssertions.Read(token, state.Clock.GetUtcNow(), out var problem) switch
        {
            null when problem == FederatedProblem.NotForNow =>
                Error(400, "ExpiredTokenException", "Token must not be expired and not be for later."),
            null => Error(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT."),
            // The error does not say whether the role exists.
            var assertion when state.Aws.Roles.FirstOrDefault(r => r.Arn == arn) is { } role
                && role.AcceptsAssertion?.Invoke(assertion) == true =>
                Assumed(role, session, assertion, seconds),
            _ => Error(403, "AccessDenied", $"Not authorized to perform sts:{Action}"),
        };
    }

    private Response Assumed(SandboxAwsRole role, string session, SandboxAssertion assertion, int seconds)
    {
        var key = state.AwsKeys.Issue(role, session, seconds);
        return Xml(200, new XElement(
            Namespace + $"{Action}Response",
            new XElement(
                Namespace + $"{Action}Result",
                Text("SubjectFromWebIdentityToken", assertion.Subject),
                Text("Audience", string.Join(' ', assertion.Audiences)),
                Text("Provider", assertion.Issuer),
                new XElement(
                    Namespace + "AssumedRoleUser",
                    Text("AssumedRoleId", $"AROASANDBOX:{session}"),
                    Text("Arn", key.Principal)),
                new XElement(
                    Namespace + "Credentials",
                    Text("AccessKeyId", key.AccessKeyId),
                    Text("SecretAccessKey", key.SecretAccessKey),
                    Text("SessionToken", key.SessionToken!),
                    Text("Expiration", MachineKey.Time(key.ExpiresAt!.Value)))),
            new XElement(Namespace + "ResponseMetadata", Text("RequestId", Guid.NewGuid().ToString()))));
    }

    private static Response Error(int status, string code, string message) => Xml(status, new XElement(
        Namespace + "ErrorResponse",
        new XElement(Namespace + "Error", Text("Type", "Sender"), Text("Code", code), Text("Message", message)),
        Text("RequestId", Guid.NewGuid().ToString())));

    private static XElement Text(string name, string value) => new(Namespace + name, value);

    private static Response Xml(int status, XElement root) => new(status, "text/xml", Encoding.UTF8.GetBytes(root.ToString()));

    [GeneratedRegex(@"\A[\w+=,.@-]{2,64}\z")]
    private static partial Regex SessionName();
}
