using System.Net;
using System.Text;
using System.Text.Json;

namespace Ccaas.Action.Tests.Masking;

/// <summary>What a secret looks like where another program has written it.</summary>
public sealed class EscapesTests
{
    private const string Text = """ !"#$%&'()*+,-./0:;<=>?@A[\]^_`a{|}~é€😀""";
    private const string Control = "\t\n\r\u0001";

    /// <summary>What curl, jq, Python, Node and bash wrote; the others by their documentation.</summary>
    [Theory]
    [InlineData("jq -r @uri, encodeURIComponent", """%20!%22%23%24%25%26'()*%2B%2C-.%2F0%3A%3B%3C%3D%3E%3F%40A%5B%5C%5D%5E_%60a%7B%7C%7D~%C3%A9%E2%82%AC%F0%9F%98%80""")]
    [InlineData("encodeURI", """%20!%22#$%25&'()*+,-./0:;%3C=%3E?@A%5B%5C%5D%5E_%60a%7B%7C%7D~%C3%A9%E2%82%AC%F0%9F%98%80""")]
    [InlineData("curl --data-urlencode", """+%21%22%23%24%25%26%27%28%29%2a%2b%2c-.%2f0%3a%3b%3c%3d%3e%3f%40A%5b%5c%5d%5e_%60a%7b%7c%7d~%c3%a9%e2%82%ac%f0%9f%98%80""")]
    [InlineData("quote of Python", """%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-./0%3A%3B%3C%3D%3E%3F%40A%5B%5C%5D%5E_%60a%7B%7C%7D~%C3%A9%E2%82%AC%F0%9F%98%80""")]
    [InlineData("URLSearchParams", """+%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F0%3A%3B%3C%3D%3E%3F%40A%5B%5C%5D%5E_%60a%7B%7C%7D%7E%C3%A9%E2%82%AC%F0%9F%98%80""")]
    [InlineData("path by RFC 3986", """%20!%22%23$%25&'()*+,-./0:;%3C=%3E%3F@A%5B%5C%5D%5E_%60a%7B%7C%7D~%C3%A9%E2%82%AC%F0%9F%98%80""")]
    [InlineData("url.PathEscape of Go", """%20%21%22%23$%25&%27%28%29%2A+%2C-.%2F0:%3B%3C=%3E%3F@A%5B%5C%5D%5E_%60a%7B%7C%7D~%C3%A9%E2%82%AC%F0%9F%98%80""")]
    [InlineData("html.escape of Python", """ !&quot;#$%&amp;&#x27;()*+,-./0:;&lt;=&gt;?@A[\]^_`a{|}~é€😀""")]
    [InlineData("text of HTML", """ !"#$%&amp;'()*+,-./0:;&lt;=&gt;?@A[\]^_`a{|}~é€😀""")]
    [InlineData("attribute of HTML", """ !&quot;#$%&amp;'()*+,-./0:;&lt;=&gt;?@A[\]^_`a{|}~é€😀""")]
    [InlineData("XML", """ !&quot;#$%&amp;&apos;()*+,-./0:;&lt;=&gt;?@A[\]^_`a{|}~é€😀""")]
    [InlineData("htmlspecialchars of PHP", """ !&quot;#$%&amp;&#039;()*+,-./0:;&lt;=&gt;?@A[\]^_`a{|}~é€😀""")]
    [InlineData("html.EscapeString of Go", """ !&#34;#$%&amp;&#39;()*+,-./0:;&lt;=&gt;?@A[\]^_`a{|}~é€😀""")]
    [InlineData("printf %q of bash", """\ \!\"#\$%\&\'\(\)\*+\,-./0:\;\<=\>\?@A\[\\\]\^_\`a\{\|\}~é€😀""")]
    [InlineData("printf %q of bash, locale C", """ !"#$%&\'()*+,-./0:;<=>?@A[\\]^_`a{|}~\303\251\342\202\254\360\237\230\200""")]
    [InlineData("repr of Python", """ !"#$%&\'()*+,-./0:;<=>?@A[\\]^_`a{|}~é€😀""")]
    [InlineData("double quotes of a shell", """ !\"#\$%&'()*+,-./0:;<=>?@A[\\]^_\`a{|}~é€😀""")]
    [InlineData("set -x of bash", """ !"#$%&'\''()*+,-./0:;<=>?@A[\]^_`a{|}~é€😀""")]
    [InlineData("shlex.quote of Python", """ !"#$%&'"'"'()*+,-./0:;<=>?@A[\]^_`a{|}~é€😀""")]
    [InlineData("PowerShell, SQL, YAML", """ !"#$%&''()*+,-./0:;<=>?@A[\]^_`a{|}~é€😀""")]
    [InlineData("CSV", """ !""#$%&'()*+,-./0:;<=>?@A[\]^_`a{|}~é€😀""")]
    public void Text_is_known_as_a_program_writes_it(string program, string written) => Assert.True(Of(Text).Contains(written), program);

    [Theory]
    [InlineData("JSON.stringify, jq", """\t\n\r\u0001 !\"#$%&'()*+,-./0:;<=>?@A[\\]^_`a{|}~é€😀""")]
    [InlineData("json.dumps of Python", """\t\n\r\u0001 !\"#$%&'()*+,-./0:;<=>?@A[\\]^_`a{|}~\u00e9\u20ac\ud83d\ude00""")]
    [InlineData("json_encode of PHP", """\t\n\r\u0001 !\"#$%&'()*+,-.\/0:;<=>?@A[\\]^_`a{|}~\u00e9\u20ac\ud83d\ude00""")]
    [InlineData("json_encode of PHP, JSON_UNESCAPED_UNICODE", """\t\n\r\u0001 !\"#$%&'()*+,-.\/0:;<=>?@A[\\]^_`a{|}~é€😀""")]
    [InlineData("Go, Rails", """\t\n\r\u0001 !\"#$%\u0026'()*+,-./0:;\u003c=\u003e?@A[\\]^_`a{|}~é€😀""")]
    [InlineData("Gson", """\t\n\r\u0001 !\"#$%\u0026\u0027()*+,-./0:;\u003c\u003d\u003e?@A[\\]^_`a{|}~é€😀""")]
    public void Text_is_known_as_a_program_writes_it_into_json(string program, string written) =>
        Assert.True(Of(Control + Text).Contains(written), program);

    [Fact]
    public void Text_is_known_as_dotnet_writes_it()
    {
        Assert.Contains(JsonSerializer.Serialize(Control + Text)[1..^1], Of(Control + Text));
        Assert.Contains(Uri.EscapeDataString(Text), Of(Text));
        Assert.Contains(WebUtility.UrlEncode(Text), Of(Text));
        // It writes what is beyond ASCII as numbers, which is no form of ours.
        Assert.Contains(WebUtility.HtmlEncode(Text[..^4]), Of(Text[..^4]));
    }

    [Theory]
    [InlineData("azAZ09-._", false)]
    [InlineData("azAZ09-._~", true)]
    public void Text_that_all_leave_alone_has_no_form(string text, bool hasForms) => Assert.Equal(hasForms, Of(text).Count > 0);

    private static IReadOnlyCollection<string> Of(string text) => [.. Escapes.Of(text, Encoding.UTF8.GetBytes(text))];
}
