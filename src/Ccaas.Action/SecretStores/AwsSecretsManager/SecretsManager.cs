namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// AWS Secrets Manager, without AWS's SDK: <see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/"/>.
/// </summary>
internal sealed partial class SecretsManagerKind : StoreKind
{
    public override string Scheme => "aws-secretsmanager";

    public override string Form => "aws-secretsmanager://REGION/SECRET";

    public override StorePlan? Plan(StoreAddress address, ProcessEnvironment environment, CiIdTokenEndpoint? identity,
        InputProblems problems)
    {
        // A test double on loopback has the region that AWS's tools use by default.
        var loopback = OnLoopback(address.Place);
        var place = loopback is null ? address.Place : "us-east-1";
        var (isRegion, isName) = (Region().IsMatch(place), Name().IsMatch(address.Name));
        if (!isRegion)
        {
            problems.Add(Input.Cache, "the region after aws-secretsmanager:// is not a region of AWS; write it as AWS does, such as "
                + "aws-secretsmanager://eu-central-1/SECRET.");
        }

        if (!isName)
        {
            problems.Add(Input.Cache, "the secret's name is not valid in Secrets Manager: 1 to 512 letters, digits and /_+=.@-; write "
                + "the name, such as aws-secretsmanager://REGION/ci/contact-center-token, and not the ARN.");
        }

        // The hosts contain the region; any valid text serves to find what else is wrong.
        var addresses = new AwsAddresses(isRegion ? place : "region", loopback, environment, problems);
        var secretsManager = addresses.SecretsManager();
        var shown = $"the secret {address.Name} of AWS Secrets Manager in {place}";
        var credentials = AwsCredentialChain.First(environment, identity, addresses, shown);
        return isRegion && isName && secretsManager is not null && credentials is not null
            ? new SecretsManagerPlan(secretsManager, place, address.Name, shown, credentials)
            : null;
    }

    // eu-central-1, us-gov-west-1, cn-northwest-1: one label of a host name.
    [GeneratedRegex(@"\A(?=.{3,40}\z)[a-z]+(-[a-z]+)+-[0-9]+\z")]
    private static partial Regex Region();

    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, Name
    [GeneratedRegex(@"\A[A-Za-z0-9/_+=.@-]{1,512}\z")]
    private static partial Regex Name();
}

internal sealed class SecretsManagerPlan(
    Uri address, string region, string name, string shown, IAwsCredentialSource credentials) : StorePlan
{
    public override string Shown => shown;

    public override IReadOnlyList<Secret> Secrets => credentials.Secrets;

    public Uri Address => address;

    public IAwsCredentialSource Credentials => credentials;

    public override ISecretStore Open(StoreConnection connection)
    {
        var target = new AwsSecret(connection, Shown);
        return new SecretsManagerStore(new SecretsManagerApi(address, region, connection), credentials, target,
            new SecretsManagerErrors(target, region, name), name);
    }
}

/// <summary>
/// The addresses of AWS's services: the region's own, a test double on loopback, or those in the environment variables that
/// AWS's tools read (<see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html"/>).
/// </summary>
internal sealed class AwsAddresses(string region, Uri? loopback, ProcessEnvironment environment, InputProblems problems)
{
    /// <returns>Null when the environment's address is invalid, which is in the problems then.</returns>
    public Uri? SecretsManager() => Of("secretsmanager", "AWS_ENDPOINT_URL_SECRETS_MANAGER");

    /// <summary>The Security Token Service of the region, which AWS recommends over the global one.</summary>
    /// <returns>Null when the environment's address is invalid, which is in the problems then.</returns>
    public Uri? SecurityTokenService() => Of("sts", "AWS_ENDPOINT_URL_STS");

    private Uri? Of(string service, string variable)
    {
        if ((Given(variable) ?? Given("AWS_ENDPOINT_URL")) is not { } given)
        {
            return loopback ?? new Uri($"https://{service}.{region}.{Domain}");
        }

        var problem = EndpointRule.Check(given.Text, out var address) ?? (address!.Query.Length > 0 ? "holds a query (?…); give the "
            + "address without it." : null);
        if (problem is not null)
        {
            problems.Add(Input.Cache, $"the address in the environment variable {given.Variable} {problem}");
            return null;
        }

        return address;
    }

    // The public partitions. Others are reached by AWS_ENDPOINT_URL.
    private string Domain => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "amazonaws.com.cn",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "amazonaws.eu",
        _ => "amazonaws.com",
    };

    private (string Text, string Variable)? Given(string variable) => environment.Variable(variable)?.Trim() is { Length: > 0 } text
        ? (text, variable)
        : null;
}
