namespace Ccaas.Action.Tests.Inputs;

/// <summary>What holds for an input by its declaration, and decides what is masked, hidden, or read from a script's environment.</summary>
public sealed class InputTests
{
    [Fact]
    public void Secrets_are_these() => Assert.Equal(
        ["client-secret", "access-key-secret", "private-key", "seal-key", "client-key", "access-token"], Names(input => input.IsSecret));

    [Fact]
    public void Credentials_are_these() => Assert.Equal(
        ["client-id", "client-secret", "access-key-id", "access-key-secret", "private-key"], Names(input => input.IsCredential));

    [Fact]
    public void Scripts_get_only_secrets_and_credentials_from_the_environment() => Assert.Equal(
        ["client-id", "client-secret", "access-key-id", "access-key-secret", "private-key", "seal-key", "client-key"],
        Names(input => input.IsGivenToScripts));

    [Fact]
    public void Values_that_could_contain_a_secret_are_hidden() => Assert.Equal(
        ["parameters", "issuer", "token-url", "revocation-url", "api-url", "sealed-token"], Names(input => input.HidesValue));

    [Fact]
    public void Line_breaks_are_allowed_in_these() => Assert.Equal(
        ["resource", "parameters", "allowed-organizations", "ca-certificate", "client-certificate"], Names(input => input.MayHaveLines));

    [Fact]
    public void Path_is_accepted_for_these_secrets() => Assert.Equal(["private-key", "client-key"], Names(input => input.MayBePath));

    [Fact]
    public void Option_without_an_input_is_one_of_these() => Assert.Equal(
        [
            "client-secret-file", "access-key-secret-file", "private-key-file", "seal-key-file", "client-key-file", "access-token",
                "access-token-file",
            "format",
        ],
        Names(input => input.IsOptionOnly));

    [Fact]
    public void Input_has_a_name_for_each_place_that_passes_it()
    {
        Assert.Equal(["INPUT_CLIENT-SECRET", "INPUT_CLIENT_SECRET", "INPUT_CLIENTSECRET", "CCAAS_CLIENT_SECRET"],
            Input.ClientSecret.VariableNames);
        // The token is exported under the name that a script would use for this input.
        Assert.Equal(["INPUT_ACCESS-TOKEN", "INPUT_ACCESS_TOKEN", "INPUT_ACCESSTOKEN"], Input.AccessToken.VariableNames);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("contoso-1", true)]
    [InlineData("1a", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a.b", false)]
    [InlineData("a_b", false)]
    [InlineData("ä", false)]
    public void Label_of_a_host_name_has_letters_digits_and_inner_hyphens(string text, bool isLabel) =>
        Assert.Equal(isLabel, DomainName.IsLabel(text));

    [Fact]
    public void Label_has_63_characters_at_most()
    {
        Assert.True(DomainName.IsLabel(new string('a', 63)));
        Assert.False(DomainName.IsLabel(new string('a', 64)));
    }

    [Fact]
    public void Invisible_character_is_named_with_its_position() => Assert.Equal(
        "holds a character that does not show (U+200B, at place 3); type it again without.",
            VisibleTextRule.Check("ab\u200Bc", mayHaveLines: false));

    private static IEnumerable<string> Names(Func<InputDefinition, bool> predicate) =>
        Input.All.Where(predicate).Select(input => input.Name);
}
