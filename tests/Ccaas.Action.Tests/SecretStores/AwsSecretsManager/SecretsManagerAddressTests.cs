namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>What may stand behind aws-secretsmanager://, and where that leads.</summary>
public sealed class SecretsManagerAddressTests
{
    private static readonly IReadOnlyDictionary<string, string> Keys = AwsWorld.Environment(AwsWorld.Key);

    [Theory]
    [InlineData("eu-central-1", "https://secretsmanager.eu-central-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", "https://secretsmanager.us-gov-west-1.amazonaws.com/")]
    [InlineData("ap-southeast-12", "https://secretsmanager.ap-southeast-12.amazonaws.com/")]
    [InlineData("cn-northwest-1", "https://secretsmanager.cn-northwest-1.amazonaws.com.cn/")]
    [InlineData("eusc-de-east-1", "https://secretsmanager.eusc-de-east-1.amazonaws.eu/")]
    [InlineData("127.0.0.1:1234", "http://127.0.0.1:1234/")]
    [InlineData("[::1]:1234", "http://[::1]:1234/")]
    public void Region_leads_to_its_own_host(string region, string address) =>
        Assert.Equal(new Uri(address), Plan(region: region, problem: null)!.Address);

    [Theory]
    [InlineData("")]
    [InlineData("frankfurt")]
    [InlineData("EU-CENTRAL-1")]
    [InlineData("eu-central")]
    [InlineData("eu_central_1")]
    [InlineData("eu-central-1.evil.example")]
    [InlineData("eu-central-1:443")]
    [InlineData("127.0.0.1:1234@evil.example")]
    [InlineData("169.254.170.2:80")]
    [InlineData("eu-central-1@evil-1")]
    [InlineData("eu-central-1\n")]
    [InlineData("a-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1")]
    public void Wrong_region_is_a_problem_that_says_what_would_be_right(string region) =>
        Assert.Null(Plan(region: region, problem: "cache: the region after aws-secretsmanager:// is not a region of AWS; write it as AWS "
            + "does, such as aws-secretsmanager://eu-central-1/SECRET."));

    [Theory]
    [InlineData("a")]
    [InlineData("ci/contact-center/Token_1+2=3.4@5")]
    public void Name_is_what_secrets_manager_takes(string name) =>
        Assert.Equal($"the secret {name} of AWS Secrets Manager in eu-central-1", Plan(name: name, problem: null)!.Shown);

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("täg")]
    [InlineData("name\n")]
    [InlineData("arn:aws:secretsmanager:eu-central-1:111122223333:secret:name-AbCdEf")]
    [InlineData("name?version=1")]
    public void Wrong_name_is_a_problem_that_says_what_would_be_right(string name) =>
        Assert.Null(Plan(name: name, problem: "cache: the secret's name is not valid in Secrets Manager"));

    [Fact]
    public void Name_has_512_characters_at_most()
    {
        Assert.NotNull(Plan(name: new string('a', 512), problem: null));
        Assert.Null(Plan(name: new string('a', 513), problem: "cache: the secret's name"));
    }

    [Fact]
    public void Wrong_region_and_wrong_name_are_told_together()
    {
        var problems = new InputProblems();

        Assert.Null(AwsWorld.Plan(Keys, problems, region: "frankfurt", name: "a b"));

        Assert.Equal(2, problems.Lines().Count());
    }

    [Fact]
    public void Environments_address_goes_before_the_regions_and_the_services_own_before_the_one_for_all()
    {
        Assert.Equal(new Uri("https://aws.example.test/"),
            Plan(problem: null, variables: ("AWS_ENDPOINT_URL", "https://aws.example.test/"))!.Address);
        Assert.Equal(
            new Uri("https://vault.example.test/"),
            Plan(problem: null,
                variables: [("AWS_ENDPOINT_URL", "https://aws.example.test/"),
                ("AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://vault.example.test/")])!.Address);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "http://aws.example.test", "is plain http")]
    [InlineData("AWS_ENDPOINT_URL_SECRETS_MANAGER", "aws.example.test", "is not an address")]
    [InlineData("AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://user:password@aws.example.test", "holds a user name")]
    [InlineData("AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://aws.example.test/?a=b", "holds a query")]
    public void Wrong_address_in_the_environment_is_a_problem_that_names_the_variable(string variable, string address, string problem) =>
        Assert.Null(Plan(problem: $"cache: the address in the environment variable {variable} {problem}", variables: (variable, address)));

    [Fact]
    public void Address_of_sts_is_checked_only_where_a_role_is_assumed()
    {
        var wrong = ("AWS_ENDPOINT_URL_STS", "http://sts.example.test");

        Assert.NotNull(Plan(problem: null, variables: wrong));
        var problems = new InputProblems();
        var role = new Dictionary<string,
            string>
        { ["AWS_ROLE_ARN"] = AwsWorld.RoleArn, ["AWS_WEB_IDENTITY_TOKEN_FILE"] = "token", [wrong.Item1] = wrong.Item2 };

        Assert.Null(AwsWorld.Plan(role, problems));
        Assert.Contains("AWS_ENDPOINT_URL_STS is plain http", Assert.Single(problems.Lines()), StringComparison.Ordinal);
    }

    /// <summary>A store that cannot be used fails no step.</summary>
    [Fact]
    public void Missing_credentials_are_no_problem_of_the_inputs()
    {
        var problems = new InputProblems();

        Assert.NotNull(AwsWorld.Plan(new Dictionary<string, string>(), problems));
        Assert.False(problems.Any);
    }

    private static SecretsManagerPlan? Plan(
        string? problem, string region = AwsWorld.Region, string name = AwsWorld.Name, params (string Name, string Value)[] variables)
    {
        var problems = new InputProblems();
        var environment = Keys.Concat(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))).ToDictionary();
        var plan = AwsWorld.Plan(environment, problems, region: region, name: name);
        Assert.Equal(problem is null, !problems.Any);
        Assert.All(problems.Lines(), line => Assert.StartsWith(problem!, line, StringComparison.Ordinal));
        return plan;
    }
}
