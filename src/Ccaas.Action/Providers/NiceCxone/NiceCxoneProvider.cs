using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers.NiceCxone;

/// <summary>NICE CXone. It has three ways to a token, and says by <c>flow</c>, or by which credentials are given, which is meant.</summary>
internal sealed class NiceCxoneProvider : Provider
{
    private static readonly (string Word, Func<NiceCxoneProvider, InputReader, TokenPlan> Plan)[] Flows =
    [
        (PasswordFlow.Name, PasswordFlow.Plan),
        (AccessKeyFlow.Name, AccessKeyFlow.Plan),
        (ClientCredentialsFlow.Name, ClientCredentialsFlow.Plan),
    ];

    public override string Name => "nice-cxone";

    public override string Title => "NICE CXone";

    public override TokenPlan Plan(InputReader inputs)
    {
        var byWhatIsGiven = ByWhatIsGiven(inputs);
        if (inputs.Text(InputNames.Flow) is null)
        {
            if (byWhatIsGiven is null)
            {
                inputs.Problems.Add(InputNames.Flow,
                    $"cannot be told from a client alone; give access-key-id and access-key-secret too (the flow {PasswordFlow.Name}), or ask for {ClientCredentialsFlow.Name} by name, whose address NICE does not document.");
            }

            return (byWhatIsGiven ?? ClientCredentialsFlow.Plan)(this, inputs);
        }

        var asked = inputs.Choice(InputNames.Flow, Flows);
        return (inputs.Problems.Has(InputNames.Flow) ? byWhatIsGiven ?? ClientCredentialsFlow.Plan : asked)(this, inputs);
    }

    /// <returns>Null for a client alone: its flow is one that NICE does not document, and so is never assumed.</returns>
    private static Func<NiceCxoneProvider, InputReader, TokenPlan>? ByWhatIsGiven(InputReader inputs)
    {
        var hasKey = inputs.Given(InputNames.AccessKeyId) || inputs.Given(InputNames.AccessKeySecret);
        var hasClient = inputs.Given(InputNames.ClientId) || inputs.Given(InputNames.ClientSecret);
        return (hasClient, hasKey) switch
        {
            (true, false) => null,
            (false, true) => AccessKeyFlow.Plan,
            _ => PasswordFlow.Plan,
        };
    }
}
