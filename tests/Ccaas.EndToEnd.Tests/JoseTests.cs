using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Action.Core;
using Ccaas.Action.TokenCache;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>What the program seals opens with another implementation of JOSE under the key as it is documented, and the reverse.</summary>
public sealed class JoseTests
{
    private const string Provider = "genesys-cloud";
    private const string Region = "us-east-1";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [JoseTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sealed_token_opens_with_jose(bool hasKeyOfItsOwn)
    {
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 1800 });
        var before = Now;
        var text = await SealAsync(world, hasKeyOfItsOwn);
        var (key, id, audience) = await JosePeer.DeriveAsync(hasKeyOfItsOwn ? Canary.SealKey.Value : Canary.ClientSecret.Value);

        var opened = await JosePeer.AskAsync(Open(text, key, audience));

        Assert.Equal(["alg", "enc", "kid"], opened.GetProperty("header").EnumerateObject().Select(field => field.Name)
            .Order(StringComparer.Ordinal));
        Assert.Equal(id, opened.GetProperty("header").GetProperty("kid").GetString());
        var claims = opened.GetProperty("claims");
        Assert.Equal(
            (Canary.Token.Value, audience, Provider, Region, world.At("")),
            (Text(claims, "access_token"), Text(claims, "aud"), Text(claims, "provider"), Text(claims, "region"), Text(claims, "api_url")));
        var issuedAt = claims.GetProperty("iat").GetInt64();
        Assert.InRange(issuedAt, before, Now);
        Assert.Equal(1800, claims.GetProperty("exp").GetInt64() - issuedAt);
    }

    [JoseFact]
    public async Task Jose_refuses_a_sealed_token_for_another_audience_after_its_end_or_under_another_key()
    {
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 1800 });
        var text = await SealAsync(world, hasKeyOfItsOwn: true);
        var (key, _, audience) = await JosePeer.DeriveAsync(Canary.SealKey.Value);
        var (another, _, _) = await JosePeer.DeriveAsync(Canary.ClientSecret.Value);

        var responses = await JosePeer.SendAsync(
            Open(text, key, audience, Now + 1790),
            Open(text, key, audience, Now + 1801),
            Open(text, key, audience.Replace("sealed", "cache", StringComparison.Ordinal)),
            Open(text, another, audience));

        Assert.Equal(
            ["", "ERR_JWT_EXPIRED exp", "ERR_JWT_CLAIM_VALIDATION_FAILED aud", "ERR_JWE_DECRYPTION_FAILED "],
            responses.Select(response => response.TryGetProperty("error", out var error)
                ? $"{Text(error, "code")} {Text(error, "claim")}"
                : ""));
    }

    [JoseFact]
    public async Task Token_that_jose_has_sealed_is_published()
    {
        await using var world = await World.GitHubAsync();

        var run = await HandOnAsync(world, "");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(("sealed", Canary.Token.Value), (run.Outputs["source"], run.Outputs["access-token"]));
        Assert.InRange(int.Parse(run.Outputs["expires-in"], CultureInfo.InvariantCulture), 500, 600);
        Assert.Empty(world.Sandbox.Requests);
        run.AssertNoSecretShows();
    }

    [JoseTheory]
    [InlineData("expired", "has expired")]
    [InlineData("not-yet-issued", "was issued in the future")]
    [InlineData("no-end", "was sealed for another use")]
    [InlineData("another-audience", "was sealed for another use")]
    [InlineData("another-provider", "was sealed for another provider")]
    [InlineData("another-run", "was sealed for another run")]
    [InlineData("no-run", "was sealed for another run")]
    [InlineData("no-token", "was sealed for another use")]
    [InlineData("another-kid", "was sealed with another secret")]
    [InlineData("another-key", "was damaged or changed")]
    [InlineData("compressed", "is no sealed token")]
    [InlineData("typed", "is no sealed token")]
    [InlineData("of-another-version", "is no sealed token of this version")]
    [InlineData("critical", "is no sealed token")]
    public async Task Token_that_jose_has_sealed_otherwise_is_refused(string change, string why)
    {
        await using var world = await World.GitHubAsync();

        var run = await HandOnAsync(world, change);

        Assert.Equal(8, run.ExitCode);
        Assert.Contains($"The sealed token {why}", run.Output, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
        Assert.Empty(run.File("GITHUB_OUTPUT"));
        run.AssertNoSecretShows();
    }

    [JoseFact]
    public async Task Flipped_bit_keeps_a_sealed_token_from_being_opened_wherever_it_is()
    {
        await using var world = await World.GitHubAsync();
        var text = await SealAsync(world, hasKeyOfItsOwn: true);
        var (key, _, _) = await JosePeer.DeriveAsync(Canary.SealKey.Value);
        var ours = SealingKey.Derive([new Secret(Canary.SealKey.Value)], "sealed token");
        Assert.NotNull(SealedText.Open(ours, text));

        var flipped = (from place in Enumerable.Range(0, text.Length) from bit in Enumerable.Range(0, 8) select Flip(text, place, bit))
            .ToList();
        var opened = await JosePeer.AskAsync(
            new JsonObject
            {
                ["do"] = "openAll",
                ["key"] = key,
                ["texts"] =
            new JsonArray([.. flipped.Prepend(text).Select(one => JsonValue.Create(one))])
            });

        Assert.All(flipped, one => Assert.Null(SealedText.Open(ours, one)));
        var openedByJose = opened.GetProperty("opened").EnumerateArray().Select(number => number.GetInt32()).ToList();
        Assert.Equal(0, openedByJose[0]);
        // Jose does not look at the bits of a part's last character that stand for nothing: the same bytes in another spelling.
        Assert.All(openedByJose.Skip(1).Select(number => flipped[number - 1]), one => Assert.Equal(Bits(text), Bits(one)));
    }

    // Of the five parts, the bits that make up whole bytes.
    private static IEnumerable<string> Bits(string text) => text.Split('.').Select(part =>
        string.Concat(part.Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2)
            .PadLeft(6, '0')))[..(part.Length * 6 / 8 * 8)]);

    private static string Flip(string text, int place, int bit) =>
        $"{text[..place]}{(char)(text[place] ^ (1 << bit))}{text[(place + 1)..]}";

    private static async Task<string> SealAsync(World world, bool hasKeyOfItsOwn)
    {
        world.Inputs["seal"] = "true";
        world.Inputs["seal-key"] = hasKeyOfItsOwn ? Canary.SealKey.Value : null;
        var run = await world.RunAsync();
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Outputs["sealed-token"];
    }

    /// <summary>A step without credentials, which is handed a token that jose has sealed.</summary>
    private static async Task<Run> HandOnAsync(World world, string change)
    {
        var (key, id, audience) = await JosePeer.DeriveAsync(Canary.SealKey.Value);
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["iat"] = Now,
            ["exp"] = Now + 600,
            ["provider"] = Provider,
            ["requested_region"] = Region,
            ["token_endpoint"] = world.At("oauth/token"),
            ["requested_api_url"] = world.At(""),
            ["project"] = $"{world.Environment["GITHUB_SERVER_URL"]}/{world.Environment["GITHUB_REPOSITORY"]}",
            ["run"] = world.Environment["GITHUB_RUN_ID"],
            ["region"] = Region,
            ["api_url"] = world.At(""),
            ["revoked"] = false,
            ["access_token"] = Canary.Token.Value,
        };
        var header = new JsonObject { ["kid"] = id };
        _ = change switch
        {
            "expired" => (claims["iat"], claims["exp"]) = (Now - 1200, Now - 600),
            "not-yet-issued" => claims["iat"] = Now + 120,
            "no-end" => claims.Remove("exp"),
            "another-audience" => claims["aud"] = audience.Replace("sealed", "cache", StringComparison.Ordinal),
            "another-provider" => claims["provider"] = "zoom",
            "another-run" => claims["run"] = "43",
            "no-run" => claims.Remove("run"),
            "typed" => header["typ"] = "JWT",
            "of-another-version" => header["kid"] = "AAAAAAAAAAAA",
            "no-token" => claims.Remove("access_token"),
            "another-kid" => header["kid"] = "2.AAAAAAAAAAAA",
            "another-key" => key = (await JosePeer.DeriveAsync(Canary.ClientSecret.Value)).Key,
            "compressed" => header["zip"] = "DEF",
            "critical" => (header["crit"], header["must"]) = (new JsonArray("must"), true),
            _ => (object)"",
        };
        var text = await JosePeer.AskAsync(new JsonObject { ["do"] = "seal", ["claims"] = claims, ["header"] = header, ["key"] = key });
        world.Inputs["sealed-token"] = text.GetString();
        world.Inputs["seal-key"] = Canary.SealKey.Value;
        world.Inputs.Remove("client-id");
        world.Inputs.Remove("client-secret");
        return await world.RunAsync();
    }

    private static JsonObject Open(string text, string key, string audience, long? now = null) =>
        new() { ["do"] = "open", ["text"] = text, ["key"] = key, ["audience"] = audience, ["now"] = now ?? Now };

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}
