using System.Text.Json;
using Ccaas.Action.Http;
using Ccaas.Action.Sealing;

namespace Ccaas.Action.Reuse;

/// <summary>What a machine writes into a store before it requests a token: the others see it and wait.</summary>
/// <param name="Id">Random; whoever reads its own back is the one.</param>
/// <param name="Until">By the writer's clock, when nobody needs to wait for it any more.</param>
internal sealed record StoreClaim(string Id, DateTimeOffset Until)
{
    private const string Claim = "claim";
    private const string ExpiresAt = "exp";

    public static StoreClaim New(DateTimeOffset until) => new(Guid.NewGuid().ToString("N"), until);

    public string Seal(SealingKey key) => SealedText.Seal(key, new JsonText().Add(Claim, Id).Add(ExpiresAt, Until.ToUnixTimeSeconds()).ToBytes());

    /// <returns>Null when the text is something else.</returns>
    public static StoreClaim? Open(SealingKey key, string text) => SealedText.Open(key, text) is not { } opened ? null : JsonField.Read(opened, content =>
        JsonField.Text(content, Claim) is { } id && content.TryGetProperty(ExpiresAt, out var until) && until.ValueKind == JsonValueKind.Number && until.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? new StoreClaim(id, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null);
}
