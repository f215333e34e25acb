namespace Ccaas.Action.Tests.SecretStores.AzureKeyVault;

public sealed class KeyVaultKindTests
{
    [Theory]
    [InlineData("contoso", "https://contoso.vault.azure.net/", "https://vault.azure.net", "https://login.microsoftonline.com")]
    [InlineData("Con-toso-24-Characters-X", "https://con-toso-24-characters-x.vault.azure.net/", "https://vault.azure.net",
        "https://login.microsoftonline.com")]
    [InlineData("contoso.vault.azure.net", "https://contoso.vault.azure.net/", "https://vault.azure.net",
        "https://login.microsoftonline.com")]
    [InlineData("contoso.vault.azure.cn", "https://contoso.vault.azure.cn/", "https://vault.azure.cn", "https://login.chinacloudapi.cn")]
    [InlineData("Contoso.Vault.UsGovCloudApi.net", "https://contoso.vault.usgovcloudapi.net/", "https://vault.usgovcloudapi.net",
        "https://login.microsoftonline.us")]
    [InlineData("contoso.vault.microsoftazure.de", "https://contoso.vault.microsoftazure.de/", "https://vault.microsoftazure.de",
        "https://login.microsoftonline.de")]
    [InlineData("127.0.0.1:1234", "http://127.0.0.1:1234/", "https://vault.azure.net", "http://127.0.0.1:1234/")]
    [InlineData("localhost:1234", "http://localhost:1234/", "https://vault.azure.net", "http://localhost:1234/")]
    [InlineData("[::1]:1234", "http://[::1]:1234/", "https://vault.azure.net", "http://[::1]:1234/")]
    public void Place_is_a_vault_of_its_cloud(string place, string address, string resource, string authority)
    {
        var vault = VaultAddress.Of(place);

        Assert.Equal(address, vault?.AbsoluteUri);
        Assert.Equal((resource, authority), (KeyVaultCloud.Of(vault!).Resource, KeyVaultCloud.Of(vault!).Authority));
    }

    /// <summary>What a mistyped or foreign host is sent opens no vault: Entra knows no such resource.</summary>
    [Theory]
    [InlineData("contoso.vault.azure.com")]
    [InlineData("contoso.vault.azure.net.example.com")]
    [InlineData("contoso.evil-vault.azure.net")]
    public void Host_of_no_cloud_gets_no_token_for_vaults(string place) =>
        Assert.Equal($"https://{place[(place.IndexOf('.', StringComparison.Ordinal) + 1)..]}",
            KeyVaultCloud.Of(VaultAddress.Of(place)!).Resource);

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("a-name-of-25-characters-x")]
    [InlineData("1contoso")]
    [InlineData("contoso-")]
    [InlineData("con--toso")]
    [InlineData("con_toso")]
    [InlineData("contoso:8443")]
    [InlineData("contoso.vault.azure.net:8443")]
    [InlineData("user@contoso.vault.azure.net")]
    [InlineData("contoso.vault.azure.net?x=1")]
    [InlineData("contoso.vault.azure.net#x")]
    [InlineData("contoso .vault.azure.net")]
    [InlineData("https://contoso.vault.azure.net")]
    [InlineData("192.0.2.1:1234")]
    public void Wrong_vault_is_a_problem_of_the_input(string place) => Assert.Equal(
        ["cache: names no Key Vault; write azure-keyvault://VAULT/SECRET, with the vault's name (3 to 24 letters, digits and single "
            + "hyphens, a letter first) or, in another cloud, its whole host, like contoso.vault.azure.cn."],
        Problems(place, "ci-token"));

    [Theory]
    [InlineData("")]
    [InlineData("ci_token")]
    [InlineData("ci.token")]
    [InlineData("ci-token/0123456789abcdef")]
    [InlineData("ci-token?x")]
    [InlineData("ci-tökén")]
    public void Wrong_secret_is_a_problem_of_the_input(string name) => Assert.Equal(
        ["cache: names no secret of a Key Vault; write azure-keyvault://VAULT/SECRET, with 1 to 127 letters, digits and hyphens for the "
            + "secret."],
        Problems("contoso", name));

    [Fact]
    public void Both_wrong_are_said_at_once() => Assert.Equal(2, Problems("c", "ci_token").Count);

    [Fact]
    public void Secret_may_have_127_characters()
    {
        Assert.Empty(Problems("contoso", new string('x', 127)));
        Assert.Single(Problems("contoso", new string('x', 128)));
    }

    [Fact]
    public void Store_is_named_for_people()
    {
        Assert.Equal("azure-keyvault", new KeyVaultKind().Scheme);
        Assert.Equal("the secret ci-token of the Key Vault contoso", Plan("contoso", "ci-token", new InputProblems())!.Shown);
        Assert.Equal("the secret ci-token of the Key Vault contoso",
            Plan("contoso.vault.azure.cn", "ci-token", new InputProblems())!.Shown);
    }

    private static List<string> Problems(string place, string name)
    {
        var problems = new InputProblems();
        var plan = Plan(place, name, problems);
        Assert.Equal(problems.Any, plan is null);
        return [.. problems.Lines()];
    }

    private static StorePlan? Plan(string place, string name, InputProblems problems) => new KeyVaultKind().Plan(
        new StoreAddress("azure-keyvault", place, name),
        new ProcessEnvironment(new Dictionary<string, string>(), TextReader.Null, TextWriter.Null, TextWriter.Null),
        identity: null,
        problems);
}
