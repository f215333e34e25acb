using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>
/// Where keys may come from, in the order and by the names of AWS's own tools:
/// <see href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"/>. Profiles in files are left out: a
/// job has none.
/// </summary>
internal static class AwsKeySources
{
    /// <returns>The first that is there, which the environment alone tells; null when the address of STS is wrong, which the problems tell.</returns>
    public static IAwsKeySource? First(Surroundings surroundings, JobIdentity? identity, AwsAddresses addresses)
    {
        if (Given("AWS_ACCESS_KEY_ID") is { } id && Given("AWS_SECRET_ACCESS_KEY") is { } secret)
        {
            return new GivenKey(id, new Secret(secret), Given("AWS_SESSION_TOKEN") is { } token ? new Secret(token) : null);
        }

        var file = Given("AWS_WEB_IDENTITY_TOKEN_FILE");
        if (Given("AWS_ROLE_ARN") is { } role && (file is not null || identity is not null))
        {
            // Of two ways to prove who this is, the one that somebody set up for this role goes first.
            var proof = new WebIdentity(file, file is null ? identity : null);
            return addresses.SecurityTokenService() is { } sts ? new AssumedRole(sts, role, Given("AWS_ROLE_SESSION_NAME"), proof) : null;
        }

        return (IAwsKeySource?)ContainerRole.Of(Given) ?? InstanceRole.Of(Given);

        string? Given(string name) => surroundings.Variable(name)?.Trim() is { Length: > 0 } text ? text : null;
    }
}
