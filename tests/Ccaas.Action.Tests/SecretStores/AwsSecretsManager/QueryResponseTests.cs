using System.Text;
using System.Xml.Linq;

namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>The little that is read of XML is read as a reader of XML does.</summary>
public sealed class QueryResponseTests
{
    [Fact]
    public void Text_comes_out_as_it_went_in() => Property.HoldsForAnyText(text =>
    {
        if (text.All(c => c is '\t' or '\n' or (>= ' ' and < '\uD800')))
        {
            var document = new XElement("R", new XElement("Other", "x"), new XElement("Code", text), new XElement("Code", "second"));

            Assert.Equal(text.Trim(), new QueryResponse(Encoding.UTF8.GetBytes(document.ToString()))["Code"]);
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("<Code>")]
    [InlineData("<Code>unclosed")]
    [InlineData("<Code>of</Another>")]
    [InlineData("<Code><Inner>a</Inner></Code>")]
    [InlineData("<!-- <Code>comment</Code> -->")]
    [InlineData("<R><![CDATA[<Code>a</Code>]]></R>")]
    [InlineData("<!DOCTYPE R [<!ENTITY a \"b\">]><R><Code>&a;</Code></R>")]
    [InlineData("{\"Code\":\"json\"}")]
    public void Anything_else_is_no_text(string body) => Assert.Null(new QueryResponse(Encoding.UTF8.GetBytes(body))["Code"]);

    [Fact]
    public void Entity_is_read_once() => Assert.Equal("&lt;", new QueryResponse("<Code>&amp;lt;</Code>"u8.ToArray())["Code"]);
}
