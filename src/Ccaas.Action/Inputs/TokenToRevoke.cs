using Ccaas.Action.Foundation;

namespace Ccaas.Action.Inputs;

/// <summary>Takes the token that is to be revoked from where a step or a script has put it.</summary>
internal static class TokenToRevoke
{
    public static void ReadInto(InputValues values, Surroundings surroundings)
    {
        // The verb is the wish: what it needs is checked as for a step that revokes at the job's end.
        values.Offer(InputNames.Revoke, "true", "the command revoke");
        var variable = values.Given(InputNames.EnvironmentVariable) ?? InputCatalog.Get(InputNames.EnvironmentVariable).Default!;
        if (surroundings.Variable(variable)?.Trim() is { Length: > 0 } token)
        {
            values.Offer(InputNames.AccessToken, token, variable);
        }
    }
}
