using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Sandbox;
using Ccaas.Sandbox.SecretsManager;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Stores;

/// <summary>AWS Secrets Manager, with a key of the environment.</summary>
internal sealed class SharedSecretsManager : SharedStore
{
    private static readonly SandboxAccessKey Key = new("AKIASANDBOXSANDBOX00", "s3cr3t/of+the/key");

    public override string Scheme => "aws-secretsmanager";

    public override bool KnowsExpiry => false;

    public override SandboxOptions Know(SandboxOptions options) =>
        options with { Vendors = [new SandboxAws { Region = "us-east-1", AccessKeys = [Key] }] };

    public override void Use(World world)
    {
        world.Inputs["cache"] = $"{Scheme}://{world.Sandbox.HttpAddress.Authority}/{Name}";
        world.Environment["AWS_ACCESS_KEY_ID"] = Key.AccessKeyId;
        world.Environment["AWS_SECRET_ACCESS_KEY"] = Key.SecretAccessKey;
    }

    public override SandboxSecret? Entry(SandboxServer sandbox) => sandbox.Secrets.SecretsManager.Find(Name);

    public override string? Call(SandboxRequest request) => request.Header("X-Amz-Target") switch
    {
        "secretsmanager.GetSecretValue" => "read",
        { } target => target["secretsmanager.".Length..],
        null => null,
    };

    public override void Spoil(SandboxServer sandbox, string how)
    {
        for (var i = 0; i < Tries(how); i++)
        {
            // For whatever comes next, which is the store: it is asked first.
            sandbox.Faults.Enqueue(how switch
            {
                "down" => Fault.Reset,
                "failing" => Fault.SecretsManagerError(500, "InternalServiceError", "An error occurred on the server side."),
                "forbidden" => Fault.SecretsManagerError(400, "AccessDeniedException", "User is not authorized to perform this action."),
                _ => Fault.SecretsManagerError(400, "ThrottlingException", "Rate exceeded"),
            });
        }
    }

    public override async Task<string> CopyAsync(SandboxServer sandbox)
    {
        var read = await SendAsync(sandbox, "GetSecretValue");
        var text = read.GetProperty("SecretString").GetString()!;
        await SendAsync(sandbox, "PutSecretValue", ("SecretString", text), ("ClientRequestToken", Guid.NewGuid().ToString()));
        return text;
    }

    public override async Task PutAsync(SandboxServer sandbox, string text) =>
        await SendAsync(sandbox, "CreateSecret", ("Name", Name), ("SecretString", text), ("ClientRequestToken", Guid.NewGuid().ToString()));

    public override async Task DeleteAsync(SandboxServer sandbox) => await SendAsync(sandbox, "DeleteSecret");

    private static async Task<JsonElement> SendAsync(SandboxServer sandbox, string command, params (string Name, string Value)[] fields)
    {
        var input = new JsonObject { ["SecretId"] = Name };
        foreach (var (name, value) in fields)
        {
            input[name] = value;
        }

        var result = (
            await new SecretsManagerClient(sandbox)
            {
                Credentials = SecretsManagerClient.CredentialsOf(Key),
                Region =
            "us-east-1"
            }.SendAsync((command, input)))[0];
        Assert.True(result.TryGetProperty("output", out var output), result.ToString());
        return output;
    }
}
