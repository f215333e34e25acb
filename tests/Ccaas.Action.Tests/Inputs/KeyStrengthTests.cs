using System.Security.Cryptography;

namespace Ccaas.Action.Tests.Inputs;

/// <summary>What a person makes up is no key; what was made at random is one.</summary>
public sealed class KeyStrengthTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static TheoryData<string> MadeUp =>
    [
        "",
        "short",
        new('a', 40),
        new('7', 64),
        "passwordpasswordpasswordpassword",
        "Password1Password2Password3Password4",
        "deadbeefdeadbeefdeadbeefdeadbeef",
        "0123456789012345678901234567890123456789",
        "0123456789abcdef0123456789abcdef",
        "00112233445566778899aabbccddeeff",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6",
        "qwertyuiopasdfghjklzxcvbnm1234567890QWERTY",
        "thequickbrownfoxjumpsoverthelazydogagain",
        "TheQuickBrownFoxJumpsOverTheLazyDogAgainAndAgain",
        "correct horse battery staple and the rest",
        "correct-horse-battery-staple-purple-monkey",
        "Nobody will ever guess this long password 42!",
        "this-is-the-seal-key-of-our-organization-2026",
        "WeMustNeverTellAnybodyWhatTheKeyIs2026",
        "MyCompanySecret2024abc",
        "dasisteinganznormalerdeutschersatzmitvierzigzeichen",
        "ilfautquejetrouveunbonmotdepassepourmoi",
        "unaclavemuylargaquenadiepuedeadivinarnunca",
        // 122 random bits.
        "3f2c9a71-8d4e-4b06-9c15-e7a08b5d6f32",
        // Not a character of ASCII.
        "пароль который никто никогда не угадает",
    ];

    [Theory]
    [MemberData(nameof(MadeUp))]
    public void Text_that_a_person_made_up_is_refused(string text) => Assert.False(KeyStrength.IsEnough(new Secret(text)));

    /// <summary>Of 2,000 random ones, none or one is refused; seven would be one of a thousand in every fourth run.</summary>
    [Theory]
    [InlineData("openssl rand -base64 32")]
    [InlineData("openssl rand -hex 16")]
    [InlineData("openssl rand -hex 32")]
    [InlineData("openssl rand -base64 16")]
    [InlineData("two UUIDs")]
    [InlineData("43 characters of base64url")]
    [InlineData("32 letters and digits")]
    [InlineData("40 characters of Entra's")]
    public void Random_text_is_taken(string kind)
    {
        var refused = Enumerable.Range(0, 2000).Select(_ => Random(kind)).Where(text => !KeyStrength.IsEnough(new Secret(text))).ToList();

        Assert.True(refused.Count <= 6, $"{refused.Count} of 2000: {string.Join(' ', refused)}");
    }

    [Theory]
    [InlineData("sixteen-letters!", false)]
    [InlineData("1234567890123456789", false)]
    [InlineData("dK3pW8sQ1nM6vB9xT4zR7cH2yL5fJ0gA", true)]
    public void Length_alone_counts_for_what_a_vendor_made(string text, bool isEnough) =>
        Assert.Equal(isEnough, KeyStrength.IsLongEnough(new Secret(text)));

    /// <summary>Where 128 bits begin, by the kind of characters. docs/reuse.md has the same figures.</summary>
    [Theory]
    [InlineData("8402951736640182957310482659137025846193754", true)] // 43 digits
    [InlineData("840295173664018295731048265913702584619375", false)]
    [InlineData("c41f7d09e3b8526a90d7f1384ce6b25a", true)] // 32 hexadecimal digits
    [InlineData("c41f7d09e3b8526a90d7f1384ce6b25", false)]
    [InlineData("3f2c9a71-8d4e-4b06-9c15-e7a08b5d6f32", false)] // a UUID
    [InlineData("3f2c9a71-8d4e-4b06-9c15-e7a08b5d6f32a", false)]
    [InlineData("3f2c9a71-8d4e-4b06-9c15-e7a08b5d6f32a1", true)]
    [InlineData("q7zk2vx9mw4jt8hy3rp6ns5bg1xw0dzu", true)] // one case
    [InlineData("q7zk2vx9mw4jt8hy3rp6ns5bg1xw0dz", false)]
    [InlineData("Q7ZK2VX9MW4JT8HY3RP6NS5BG1XW0DZU", true)]
    [InlineData("Q7ZK2VX9MW4JT8HY3RP6NS5BG1XW0DZ", false)]
    [InlineData("dK3pW8sQ1nM6vB9xT4zR7cH2yL", true)] // both
    [InlineData("dK3pW8sQ1nM6vB9xT4zR7cH2y", false)]
    [InlineData("dK3pW8sQ1nM6vB9xT4zR7w==", true)] // base64 of 16 bytes
    [InlineData("dK3pW8sQ1nM6vB9xT4zR7w=", false)] // no base64
    [InlineData("dK3pW8sQ1nM6vB9xT4zR7w", false)]
    [InlineData("dK3pW8sQ1nM6vB9xT4zR7cH2yé", false)] // 25 ASCII characters
    [InlineData("Q7ZK2VX9MW4JT8HY3RP6NS5BG1XW0DÉ", false)]
    public void Length_is_enough_from_128_bits_on(string text, bool isEnough)
    {
        Assert.Equal(isEnough, KeyStrength.IsLongEnough(new Secret(text)));
        Assert.Equal(isEnough, KeyStrength.IsEnough(new Secret(text)));
    }

    /// <summary>A random text, and what spoils it little by little: the last that passes and the first that does not.</summary>
    [Theory]
    [InlineData("c41f7d09e3b8526a90d7f1384ce6b25ac41f7d", true)] // 3 of 35 groups of four twice
    [InlineData("c41f7d09e3b8526a90d7f1384ce6b25ac41f7d09", false)] // 5 of 37
    [InlineData("c4d5f6a7d09e3b8526a90d7f1384ce6b25a", true)]
    [InlineData("0a1b2c3d4e5f60718293a4b5c6d7e8f9", false)] // two sequences, one beside the other
    [InlineData("aqswdefrgthyjukilo1234567890POIUY", false)]
    [InlineData("fjdk3sla8fjd2ksl9afj4dks7laf0jdk", true)]
    public void Repetition_and_order_are_refused_from_a_share_on(string text, bool isEnough) =>
        Assert.Equal(isEnough, KeyStrength.IsEnough(new Secret(text)));

    private static string Random(string kind) => kind switch
    {
        "openssl rand -base64 32" => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        "openssl rand -base64 16" => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)),
        "openssl rand -hex 16" => RandomNumberGenerator.GetHexString(32, lowercase: true),
        "openssl rand -hex 32" => RandomNumberGenerator.GetHexString(64, lowercase: true),
        "two UUIDs" => $"{Guid.NewGuid()}{Guid.NewGuid()}",
        "43 characters of base64url" => RandomNumberGenerator.GetString($"{Letters}-_", 43),
        "32 letters and digits" => RandomNumberGenerator.GetString(Letters, 32),
        _ => RandomNumberGenerator.GetString($"{Letters}~._-", 40),
    };
}
