using System.Buffers.Text;
using System.Text.Json;
using Ccaas.Sandbox;
using Ccaas.Sandbox.SecretsManager;

namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>An account of AWS in a sandbox, and a machine that uses its Secrets Manager.</summary>
internal sealed class AwsWorld : IAsyncDisposable
{
    public const string Region = "eu-central-1";
    public const string Name = "ci/nightly/access-token";
    public const string RoleArn = "arn:aws:iam::111122223333:role/nightly-build";

    public static readonly SandboxAccessKey Key = new("AKIASANDBOXSANDBOX00", "s3cr3t/of+the/key0");
    public static readonly SandboxAccessKey Reader =
        new("AKIASANDBOXSANDBOX01", "s3cr3t/of+the/reader") { Access = SandboxSecretAccess.Read };
    public static readonly SandboxAccessKey Writer =
        new("AKIASANDBOXSANDBOX02", "s3cr3t/of+the/writer") { Access = SandboxSecretAccess.Read | SandboxSecretAccess.Write };
    public static readonly SandboxAccessKey Session =
        new("ASIASANDBOXSANDBOX03", "s3cr3t/of+the/session") { SessionToken = "session+token/of==" };

    private readonly List<StoreLine> _lines = [];

    private AwsWorld(SandboxServer sandbox) => Sandbox = sandbox;

    public SandboxServer Sandbox { get; }

    public IReadOnlyList<string> Asked => [.. Sandbox.Requests.Select(request =>
        (request.Header("X-Amz-Target") ?? $"{request.Method} {request.Path}") is var asked ? $"{asked} -> {request.Status}" : "")];

    /// <param name="keys">Those that last; none given: <see cref="Key"/>, <see cref="Reader"/>, <see cref="Writer"/> and <see
    /// cref="Session"/>.</param>
    public static async Task<AwsWorld> StartAsync(params SandboxAccessKey[] keys) => new(await SandboxServer.StartAsync(new SandboxOptions
    {
        Vendors =
        [
            new SandboxAws
            {
                AccessKeys = keys.Length > 0 ? keys : [Key, Reader, Writer, Session],
                Roles = [new SandboxAwsRole(RoleArn) { IsOfTheMachine = true, AcceptsAssertion = a => a.Subject == "repo:example/nightly"
                    && a.Audiences.Contains("sts.amazonaws.com") }],
            },
        ],
    }));

    public static IReadOnlyDictionary<string, string> Environment(SandboxAccessKey key) => new Dictionary<string, string?>
    {
        ["AWS_ACCESS_KEY_ID"] = key.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = key.SessionToken,
    }.Where(variable => variable.Value is not null).ToDictionary(variable => variable.Key, variable => variable.Value!);

    /// <summary>A token such as a CI system gives its jobs; its signature is noise.</summary>
    public static string IdentityToken(string audience = "sts.amazonaws.com", string subject = "repo:example/nightly", int minutes = 5)
    {
        var end = TimeProvider.System.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds();
        return $"{Part(new { alg = "RS256" })}.{Part(new { iss = "https://ci.example.test", sub = subject, aud = audience, exp = end })}.{Part("no signature")}";

        static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
    }

    public static SecretsManagerPlan? Plan(IReadOnlyDictionary<string, string> environment, InputProblems problems,
        CiIdTokenEndpoint? identity = null, string region = Region, string name = Name) =>
        (SecretsManagerPlan?)new SecretsManagerKind().Plan(
            new StoreAddress("aws-secretsmanager", region, name),
            new ProcessEnvironment(environment, TextReader.Null, TextWriter.Null, TextWriter.Null),
            identity,
            problems);

    /// <summary>A machine of its own that uses the account.</summary>
    public (ISecretStore Store, StoreLine Line) Open(IReadOnlyDictionary<string, string> environment, CiIdTokenEndpoint? identity = null,
        TimeProvider? time = null)
    {
        var problems = new InputProblems();
        var all = new Dictionary<string, string>(environment);
        all.TryAdd("AWS_ENDPOINT_URL", Sandbox.HttpAddress.ToString());
        var plan = Plan(all, problems, identity);
        Assert.Empty(problems.Lines());
        var line = new StoreLine(time);
        _lines.Add(line);
        return (plan!.Open(line.Connection), line);
    }

    public ISecretStore Open(SandboxAccessKey key) => Open(Environment(key)).Store;

    /// <summary>Does what the store itself never does.</summary>
    public async Task DoAsync(string operation, JsonText input)
    {
        using var line = new StoreLine();
        var api = new SecretsManagerApi(Sandbox.HttpAddress, Region, line.Connection);
        var key = new AwsCredentials(Key.AccessKeyId, new Secret(Key.SecretAccessKey), null);
        var reply = await api.CallAsync(new SecretsManagerOperation(operation, operation, "done"), key, input, CancellationToken.None);
        Assert.True(reply.IsSuccess);
        Sandbox.ClearRequests();
    }

    public async ValueTask DisposeAsync()
    {
        _lines.ForEach(line => line.Dispose());
        await Sandbox.DisposeAsync();
    }
}
