namespace Ccaas.Action.Tests.Inputs;

/// <summary>Texts that stand where a secret should be but are none.</summary>
public sealed class SecretRuleTests
{
    [Theory]
    [InlineData("kanarie+/=%~s3cr3t-VxZ9.Q_w8")]
    [InlineData("x")]
    [InlineData("p*ss")]
    [InlineData("***a")]
    [InlineData("$2b$10$abcdefghijklmnopqrstuv")]
    [InlineData("pa$$word")]
    [InlineData("$(not closed")]
    [InlineData("a ${{ b }}")]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    public void Text_can_be_a_secret(string text) => Assert.Null(SecretRule.Check(text));

    [Theory]
    [InlineData("***", "asterisks")]
    [InlineData("*", "asterisks")]
    [InlineData("********", "asterisks")]
    [InlineData("two\nlines", "line break")]
    [InlineData("two\r\nlines", "line break")]
    [InlineData("a\tb", "control character")]
    [InlineData("a\0b", "control character")]
    [InlineData("a\u001Bb", "control character")]
    [InlineData("${{ secrets.NAME }}", "reference")]
    [InlineData("${{secrets.NAME}}", "reference")]
    [InlineData("$(GenesysSecret)", "reference")]
    [InlineData("$(genesys.secret-1)", "reference")]
    [InlineData("$SECRET", "reference")]
    [InlineData("${SECRET}", "reference")]
    public void Text_is_recognized_as_none_and_not_repeated(string text, string reason)
    {
        var wrong = SecretRule.Check(text);

        Assert.Contains(reason, wrong, StringComparison.Ordinal);
        Assert.DoesNotContain(text, wrong!.Replace("${{ secrets.NAME }}", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
