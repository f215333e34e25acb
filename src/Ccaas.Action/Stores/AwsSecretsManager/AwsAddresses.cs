using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>
/// Where AWS's services are: the region's own addresses, or a double on this machine, unless the environment has others, by the names that AWS's tools read
/// (<see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html"/>).
/// </summary>
internal sealed class AwsAddresses(string region, Uri? here, Surroundings surroundings, InputProblems problems)
{
    /// <returns>Null when the environment's address is wrong, which the problems then tell.</returns>
    public Uri? SecretsManager() => Of("secretsmanager", "AWS_ENDPOINT_URL_SECRETS_MANAGER");

    /// <summary>The Security Token Service. The region's own and not the one for all: it is nearer, and AWS advises it.</summary>
    /// <returns>Null when the environment's address is wrong, which the problems then tell.</returns>
    public Uri? SecurityTokenService() => Of("sts", "AWS_ENDPOINT_URL_STS");

    private Uri? Of(string service, string variable)
    {
        if ((Given(variable) ?? Given("AWS_ENDPOINT_URL")) is not { } given)
        {
            return here ?? new Uri($"https://{service}.{region}.{Domain}");
        }

        var problem = EndpointRule.Check(given.Text, out var address) ?? (address!.Query.Length > 0 ? "holds a query (?…); give the address without it." : null);
        if (problem is not null)
        {
            problems.Add(InputNames.Cache, $"the address in the environment variable {given.Variable} {problem}");
            return null;
        }

        return address;
    }

    // The partitions that anybody can have an account in. Those behind closed doors are reached by AWS_ENDPOINT_URL.
    private string Domain => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "amazonaws.com.cn",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "amazonaws.eu",
        _ => "amazonaws.com",
    };

    private (string Text, string Variable)? Given(string variable) => surroundings.Variable(variable)?.Trim() is { Length: > 0 } text ? (text, variable) : null;
}
