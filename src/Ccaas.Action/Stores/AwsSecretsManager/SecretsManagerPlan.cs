using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>One secret of one region, and where the keys to it come from.</summary>
internal sealed class SecretsManagerPlan(Uri address, string region, string name, IAwsKeySource keys) : StorePlan
{
    public override string Shown => $"the secret {name} of AWS Secrets Manager in {region}";

    public override IReadOnlyList<Secret> Secrets => keys.Secrets;

    /// <summary>Where it is reached.</summary>
    public Uri Address => address;

    /// <summary>What proves this side.</summary>
    public IAwsKeySource Keys => keys;

    public override ITokenStore Open(StoreConnection connection)
    {
        var questions = new AwsQuestions(connection, Shown);
        return new SecretsManagerStore(new SecretsManagerApi(address, region, connection), keys, questions, new SecretsManagerRefusals(questions, region, name), name);
    }
}
