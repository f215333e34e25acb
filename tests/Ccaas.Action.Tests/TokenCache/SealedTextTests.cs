using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ccaas.Action.Tests.TokenCache;

/// <summary>What is sealed opens with its key and in no other way.</summary>
public sealed class SealedTextTests
{
    private static readonly SealingKey Key = SealingKey.Derive([new Secret("some-secret")], "a test");

    [Fact]
    public void Text_comes_back_as_it_was() => Property.HoldsForAnyText(text =>
        Assert.Equal(Encoding.UTF8.GetBytes(text), SealedText.Open(Key, SealedText.Seal(Key, Encoding.UTF8.GetBytes(text)))));

    [Fact]
    public void Same_text_is_never_sealed_the_same() => Assert.NotEqual(SealedText.Seal(Key, "text"u8), SealedText.Seal(Key, "text"u8));

    /// <summary>A bit flipped anywhere, in the header, the nonce, the text or the tag.</summary>
    [Fact]
    public void Changed_bit_keeps_it_from_being_opened()
    {
        var whole = SealedText.Seal(Key, "some text to seal"u8).ToCharArray();
        for (var i = 0; i < whole.Length; i++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var changed = (char[])whole.Clone();
                changed[i] = (char)(changed[i] ^ (1 << bit));

                Assert.True(SealedText.Open(Key, new string(changed)) is null, $"character {i}, bit {bit}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0....")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA")]
    [InlineData("eyJhbGciOiJub25lIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not a sealed text")]
    public void Text_of_another_kind_does_not_open(string text) => Assert.Null(SealedText.Open(Key, text));

    /// <summary>A text has one spelling: white space and padding, which decoders pass over, make it another.</summary>
    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("==")]
    public void Other_spelling_of_the_same_bytes_does_not_open(string added)
    {
        var parts = SealedText.Seal(Key, "text"u8).Split('.');

        Assert.All(Enumerable.Range(0, parts.Length), changed =>
            Assert.Null(SealedText.Open(Key, string.Join('.', parts.Select((part, i) => i == changed ? part + added : part)))));
    }

    [Fact]
    public void Other_secret_purpose_or_identity_gives_another_key()
    {
        SealingKey[] keys =
        [
            Derive(["one", "two"], "purpose", "identity"),
            Derive(["one", "two "], "purpose", "identity"),
            Derive(["two", "one"], "purpose", "identity"),
            Derive(["onetwo"], "purpose", "identity"),
            Derive(["one", "two"], "purpose2", "identity"),
            Derive(["one", "two"], "purpose", "identity2"),
            Derive(["one", "two"], "purpose", "ident", "ity"),
            Derive(["one", "two"], "purposeidentity"),
        ];

        Assert.Equal(keys.Length, keys.Select(key => Convert.ToHexString(key.Bytes)).Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(key => key.Id).Distinct().Count());
        Assert.All(keys, key => Assert.Equal(32, key.Bytes.Length));
        Assert.Null(SealedText.Open(keys[1], SealedText.Seal(keys[0], "text"u8)));
    }

    /// <summary>Step and post step are two processes.</summary>
    [Fact]
    public void Key_is_the_same_for_the_same_inputs() =>
        Assert.Equal(Derive(["one", "two"], "purpose", "identity").Bytes, Derive(["one", "two"], "purpose", "identity").Bytes);

    [Fact]
    public void Key_is_not_made_of_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Derive([], "purpose"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Derive(["", ""], "purpose"));
    }

    /// <summary>By the definition of RFC 5869 and the framework's own HMAC.</summary>
    [Fact]
    public void Key_is_made_by_hkdf()
    {
        var extracted = HMACSHA256.HashData("ccaas-token/2"u8, "3:one"u8);

        Assert.Equal(HMACSHA256.HashData(extracted, (byte[])[.. "7:purpose"u8, 1]), Derive(["one"], "purpose").Bytes);
        Assert.Equal("2." + Base64Url.EncodeToString(HMACSHA256.HashData(extracted, (byte[])[.. "7:purpose6:key id"u8, 1]).AsSpan(0, 9)),
            Derive(["one"], "purpose").Id);
    }

    [Theory]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"KID"}""", true)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"KID","typ":"JWT"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"KID","cty":"JWT"}""", false)]
    [InlineData("""{"enc":"A256GCM","kid":"KID"}""", false)]
    [InlineData("""{"alg":"dir","kid":"KID"}""", false)]
    [InlineData("""{"kid":"KID"}""", false)]
    [InlineData("""{"alg":"dir","alg":"dir","enc":"A256GCM","kid":"KID"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"KID","kid":"KID"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"KID"} """, false)]
    [InlineData("""{"kid":"KID","enc":"A256GCM","alg":"dir"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"OLD"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"1.ABCDEFGHIJKL"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"2.\"________\""}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"KID","zip":"DEF"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"KID","crit":["exp"],"exp":1}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256CBC-HS512","kid":"KID"}""", false)]
    [InlineData("""{"alg":"none","enc":"A256GCM","kid":"KID"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM","kid":"other","kid":"KID"}""", false)]
    [InlineData("""{"alg":"dir","enc":"A256GCM"}""", false)]
    [InlineData("""{"alg":1,"enc":"A256GCM","kid":"KID"}""", false)]
    [InlineData("[]", false)]
    public void Header_that_asks_for_something_else_is_refused(string header, bool isAccepted) => Assert.Equal(
        isAccepted ? Key.Id : null,
        SealedText.KeyId(
            $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("KID", Key.Id, StringComparison.Ordinal).Replace("OLD", Key.Id[2..], StringComparison.Ordinal)))}....."));

    private static SealingKey Derive(string[] secrets, string purpose, params string[] identity) =>
        SealingKey.Derive(secrets.Select(secret => new Secret(secret)), purpose, identity);
}
