using System.Text.Json.Nodes;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>Values of a secret are read and written: https://docs.aws.amazon.com/secretsmanager/latest/apireference/</summary>
internal sealed class SecretValues(AwsState state, SecretNames secrets)
{
    public Response Get(SecretsManagerInput input) => secrets.ChangeLive(input, secret =>
    {
        var (id, stage) = (input["VersionId"], input["VersionStage"]);
        var version = secret.Versions.FirstOrDefault(v => id is not null
            ? v.Id == id && (stage is null || v.Stages.Contains(stage))
            : v.Stages.Contains(stage ?? SecretStages.Current));
        return (secret, version is null
            ? SecretsManagerResponse.NotFound(
                id is null ? $" value for staging label: {stage ?? SecretStages.Current}" : $" value for VersionId: {id}")
            : SecretsManagerResponse.Ok(new JsonObject
            {
                ["ARN"] = secret.Arn,
                ["Name"] = secret.Name,
                ["VersionId"] = version.Id,
                [version.IsBinary ? "SecretBinary" : "SecretString"] = version.Value,
                ["VersionStages"] = List(version.Stages),
                ["CreatedDate"] = SecretsManagerResponse.Seconds(version.CreatedAt),
            }));
    });

    public Response Put(SecretsManagerInput input) => secrets.ChangeLive(input, secret => input.Value is null
        ? (secret, SecretsManagerResponse.InvalidParameter("You must provide either SecretString or SecretBinary."))
        : Add(secret, input, input.Texts("VersionStages")));

    public Response Update(SecretsManagerInput input) => secrets.ChangeLive(input, secret =>
    {
        var described = secret with { Description = input["Description"] ?? secret.Description };
        return input.Value is null
            ? (described, SecretsManagerResponse.Ok(new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Name }))
            : Add(described, input, []);
    });

    /// <summary>The same token with the same value is the same request again, and with another value a mistake.</summary>
    public (SandboxSecret Next, Response Response) Add(SandboxSecret secret, SecretsManagerInput input, IReadOnlyList<string> stages)
    {
        if (CheckValue(input) is { } refusal)
        {
            return (secret, refusal);
        }

        var id = input["ClientRequestToken"]!;
        if (secret.Versions.FirstOrDefault(v => v.Id == id) is { } same)
        {
            return (secret, same.Value == input.Value && same.IsBinary == input.IsBinary
                ? Written(secret, same)
                : SecretsManagerResponse.Error(
                    "ResourceExistsException",
                    $"You can't use ClientRequestToken {id} because that value is already in use for a version of secret {secret.Arn}."));
        }

        var now = state.Clock.GetUtcNow();
        var version = new SandboxSecretVersion
        {
            Id = id,
            Value = input.Value!,
            IsBinary = input.IsBinary,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var next = secret with { Versions = SecretStages.Add(secret.Versions, version, stages) };
        return (next, Written(next, next.Versions[^1]));
    }

    // 32 to 64 characters. The vendor's clients generate it; a client that writes its own requests has to, too.
    private static Response? CheckValue(SecretsManagerInput input) => input["ClientRequestToken"] switch
    {
        null => SecretsManagerResponse.Invalid("You must provide a ClientRequestToken value. We recommend a UUID-type value."),
        { Length: < 32 or > 64 } => SecretsManagerResponse.InvalidParameter("ClientRequestToken must be 32 to 64 characters long."),
        _ when input.HasBothValues => SecretsManagerResponse.InvalidParameter(
            "You can't specify both a binary secret value and a string secret value in the same secret."),
        _ => null,
    };

    private static Response Written(SandboxSecret secret, SandboxSecretVersion version) => SecretsManagerResponse.Ok(new JsonObject
    {
        ["ARN"] = secret.Arn,
        ["Name"] = secret.Name,
        ["VersionId"] = version.Id,
        ["VersionStages"] = List(version.Stages),
    });

    private static JsonArray List(IReadOnlyList<string> texts) => [.. texts.Select(text => (JsonNode?)text)];
}

/// <summary>Staging labels: each is on one version at most, and what was current is marked as previous.</summary>
internal static class SecretStages
{
    public const string Current = "AWSCURRENT";
    private const string Previous = "AWSPREVIOUS";

    /// <summary>The versions with one more at their end, and the labels moved to it.</summary>
    public static IReadOnlyList<SandboxSecretVersion> Add(
        IReadOnlyList<SandboxSecretVersion> versions, SandboxSecretVersion added, IReadOnlyList<string> stages)
    {
        // The first version is the current one, whatever it is called besides.
        IReadOnlyList<string> taken = (stages.Count, versions.Count) switch
        {
            (0, _) => [Current],
            (_, 0) => [.. stages.Append(Current).Distinct()],
            _ => [.. stages.Distinct()],
        };
        var moves = taken.Contains(Current);
        return
        [
            .. versions.Select(version => version with
            {
                Stages =
                [
                    .. version.Stages.Where(stage => !taken.Contains(stage) && !(moves && stage == Previous)),
                    .. BecomesPrevious(version, moves),
                ],
            }),
            added with { Stages = taken },
        ];
    }

    private static string[] BecomesPrevious(SandboxSecretVersion version, bool moves) =>
        moves && version.Stages.Contains(Current) ? [Previous] : [];
}
