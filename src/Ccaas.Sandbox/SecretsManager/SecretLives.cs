using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>How a secret comes and goes: https://docs.aws.amazon.com/secretsmanager/latest/apireference/</summary>
internal sealed partial class SecretLives(AwsState state, SecretNames secrets)
{
    private const int LeastDays = 7;
    private const int MostDays = 30;

    private readonly SecretValues _values = new(state, secrets);

    public Response Create(SecretsManagerInput input) => input["Name"] is { } name && Name().IsMatch(name)
        ? state.Store.Change(name, secret => secret switch
        {
            { DeletedAt: not null } => (secret, SecretsManagerResponse.Invalid(
                "You can't create this secret because a secret with this name is already scheduled for deletion.")),
            null => Begin(name, input),
            // The same request again gets the same response.
            _ when secret.Versions.Any(v => v.Id == input["ClientRequestToken"] && v.Value == input.Value) =>
                _values.Add(secret, input, []),
            _ => (secret, SecretsManagerResponse.Error(
                "ResourceExistsException", $"The operation failed because the secret {name} already exists.")),
        })
        : SecretsManagerResponse.InvalidParameter(
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");

    public Response Describe(SecretsManagerInput input) => secrets.Change(input, secret =>
    {
        var response = Named(secret);
        response["Description"] = secret.Description;
        response["CreatedDate"] = SecretsManagerResponse.Seconds(secret.CreatedAt);
        response["LastChangedDate"] =
            SecretsManagerResponse.Seconds(secret.Versions.Select(v => v.CreatedAt).Append(secret.CreatedAt).Max());
        response["Tags"] = new JsonArray([.. secret.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);
        // Versions without a label will be deleted, and are not listed.
        response["VersionIdsToStages"] = new JsonObject(secret.Versions.Where(v => v.Stages.Count > 0).Select(v =>
            KeyValuePair.Create(v.Id, (JsonNode?)new JsonArray([.. v.Stages.Select(stage => (JsonNode?)stage)]))));
        if (secret.DeletedAt is { } deleted)
        {
            response["DeletedDate"] = SecretsManagerResponse.Seconds(deleted);
        }

        return (secret, SecretsManagerResponse.Ok(response));
    });

    public Response Delete(SecretsManagerInput input) => secrets.ChangeLive(input, secret =>
    {
        var (days, now) = (input.Number("RecoveryWindowInDays"), input.IsTrue("ForceDeleteWithoutRecovery"));
        if (days is not null && now)
        {
            return (secret, SecretsManagerResponse.InvalidParameter(
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."));
        }

        if (days is < LeastDays or > MostDays)
        {
            return (secret, SecretsManagerResponse.InvalidParameter(
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."));
        }

        var deleted = state.Clock.GetUtcNow();
        var end = now ? deleted : deleted.AddDays(days ?? MostDays);
        var response = Named(secret);
        response["DeletionDate"] = SecretsManagerResponse.Seconds(end);
        return (now ? null : secret with { DeletedAt = deleted, PurgedAt = end }, SecretsManagerResponse.Ok(response));
    });

    public Response Restore(SecretsManagerInput input) => secrets.Change(input, secret =>
        (secret with { DeletedAt = null, PurgedAt = null }, SecretsManagerResponse.Ok(Named(secret))));

    private (SandboxSecret?, Response) Begin(string name, SecretsManagerInput input)
    {
        var secret = new SandboxSecret
        {
            Name = name,
            Arn = secrets.NewArn(name),
            Description = input["Description"],
            Tags = input.Tags(),
            CreatedAt = state.Clock.GetUtcNow(),
        };
        // A secret may be there before its first value.
        var (next, response) = input.Value is null ? (secret, SecretsManagerResponse.Ok(Named(secret))) : _values.Add(secret, input, []);
        return (response.Status == 200 ? next : null, response);
    }

    private static JsonObject Named(SandboxSecret secret) => new() { ["ARN"] = secret.Arn, ["Name"] = secret.Name };

    [GeneratedRegex(@"\A[A-Za-z0-9/_+=.@!-]{1,512}\z")]
    private static partial Regex Name();
}
