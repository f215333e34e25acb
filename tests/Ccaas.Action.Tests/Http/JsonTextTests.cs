using System.Text;
using System.Text.Json;

namespace Ccaas.Action.Tests.Http;

/// <summary>What is written is read by the framework's reader as it was.</summary>
public sealed class JsonTextTests
{
    [Fact]
    public void Any_text_comes_back_as_it_was() => Property.HoldsForAnyText(text =>
    {
        using var read = JsonDocument.Parse(new JsonText().Add(text, text).Add("after", 1).ToBytes());

        // What is no text (half of a surrogate pair) becomes the character that stands for it.
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, read.RootElement.GetProperty(expected).GetString());
        Assert.Equal(1, read.RootElement.GetProperty("after").GetInt32());
    });

    [Fact]
    public void Everything_that_must_be_escaped_is()
    {
        var text = string.Concat(Enumerable.Range(0, 0x80).Select(code => (char)code));

        using var read = JsonDocument.Parse(new JsonText().Add("text", text).ToBytes());

        Assert.Equal(text, read.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void Objects_and_lists_of_objects_are_values() => Assert.Equal(
        """{"object":{"a":1},"list":[{"b":"c"},{}],"none":[]}""",
        new JsonText().Add("object", new JsonText().Add("a", 1)).Add("list", [new JsonText().Add("b", "c"), new JsonText()]).Add("none", [])
            .ToString());

    [Fact]
    public void Values_have_their_types_and_null_is_left_out() => Assert.Equal(
        """{"text":"a","number":-9223372036854775808,"yes":true,"no":false,"empty":""}""",
        Encoding.UTF8.GetString(new JsonText().Add("text", "a").Add("nothing", (string?)null).Add("number", long.MinValue).Add("yes", true)
            .Add("no", false).Add("empty", "").ToBytes()));
}
