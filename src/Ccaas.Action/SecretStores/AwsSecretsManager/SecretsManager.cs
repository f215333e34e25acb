namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>AWS Secrets Manager, reached over HTTPS without a library of the vendor's: <see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/"/>.</summary>
internal sealed partial class SecretsManagerStoreKind : StoreKind
{
    public override string Scheme => "aws-secretsmanager";

    public override string Form => "aws-secretsmanager://REGION/SECRET";

    public override StorePlan? Plan(StoreAddress address, ProcessEnvironment environment, CiIdTokenEndpoint? identity, InputProblems problems)
    {
        // A double of AWS on this machine is in the region that AWS's tools take when none is given.
        var here = OnThisMachine(address.Place);
        var place = here is null ? address.Place : "us-east-1";
        var (isRegion, isName) = (Region().IsMatch(place), Name().IsMatch(address.Name));
        if (!isRegion)
        {
            problems.Add(Input.Cache, "the region after aws-secretsmanager:// is none of AWS's; write it as AWS does, like aws-secretsmanager://eu-central-1/SECRET.");
        }

        if (!isName)
        {
            problems.Add(Input.Cache, "the secret's name is not one that Secrets Manager takes: 1 to 512 letters, digits and /_+=.@-; write the name, like aws-secretsmanager://REGION/ci/contact-center-token, and not the ARN.");
        }

        // An address is made of the region, so there is none to check when that is wrong.
        var addresses = new AwsAddresses(isRegion ? place : "region", here, environment, problems);
        var secretsManager = addresses.SecretsManager();
        var keys = AwsCredentialChain.First(environment, identity, addresses);
        return isRegion && isName && secretsManager is not null && keys is not null
            ? new SecretsManagerPlan(secretsManager, place, address.Name, keys)
            : null;
    }

    // eu-central-1, us-gov-west-1, cn-northwest-1: short enough for a part of a host's name.
    [GeneratedRegex(@"\A(?=.{3,40}\z)[a-z]+(-[a-z]+)+-[0-9]+\z")]
    private static partial Regex Region();

    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, Name
    [GeneratedRegex(@"\A[A-Za-z0-9/_+=.@-]{1,512}\z")]
    private static partial Regex Name();
}

/// <summary>One secret of one region, and where the keys to it come from.</summary>
internal sealed class SecretsManagerPlan(Uri address, string region, string name, IAwsCredentialSource keys) : StorePlan
{
    public override string Shown => $"the secret {name} of AWS Secrets Manager in {region}";

    public override IReadOnlyList<Secret> Secrets => keys.Secrets;

    /// <summary>Where it is reached.</summary>
    public Uri Address => address;

    /// <summary>What proves this side.</summary>
    public IAwsCredentialSource Keys => keys;

    public override ITokenStore Open(StoreConnection connection)
    {
        var questions = new AwsQuestions(connection, Shown);
        return new SecretsManagerStore(new SecretsManagerApi(address, region, connection), keys, questions, new SecretsManagerRefusals(questions, region, name), name);
    }
}

/// <summary>
/// Where AWS's services are: the region's own addresses, or a double on this machine, unless the environment has others, by the names that AWS's tools read
/// (<see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html"/>).
/// </summary>
internal sealed class AwsAddresses(string region, Uri? here, ProcessEnvironment environment, InputProblems problems)
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
            problems.Add(Input.Cache, $"the address in the environment variable {given.Variable} {problem}");
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

    private (string Text, string Variable)? Given(string variable) => environment.Variable(variable)?.Trim() is { Length: > 0 } text ? (text, variable) : null;
}
