using System.Text.Json;
using System.Text.Json.Serialization;
using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;
using Ccaas.Action.Sealing;

namespace Ccaas.Action.Revocation;

/// <summary>
/// A ticket as a CI system keeps it from the step to the job's end: sealed with the secrets of the same inputs, so that
/// whoever sees the state without having those has nothing.
/// </summary>
internal static class RevocationState
{
    /// <summary>The name under which the CI system keeps it.</summary>
    public const string Name = "revocation";

    public static string Seal(RevocationTicket ticket, TokenRequest request)
    {
        var content = new RevocationContent
        {
            Token = ticket.Token.Reveal(),
            Address = ticket.Address.AbsoluteUri,
            IsVendorsOwn = ticket.IsVendorsOwn,
            TokenEndpoint = ticket.TokenEndpoint.AbsoluteUri,
            ExpiresAt = ticket.ExpiresAt,
        };
        return SealedText.Seal(Key(request), JsonSerializer.SerializeToUtf8Bytes(content, RevocationJson.Default.RevocationContent));
    }

    /// <returns>Null when it was sealed with other inputs, or is damaged.</returns>
    public static RevocationTicket? Open(string state, TokenRequest request)
    {
        if (Read(SealedText.Open(Key(request), state)) is not { } content
            || EndpointRule.Check(content.Address, out var address) is not null
            || EndpointRule.Check(content.TokenEndpoint, out var tokenEndpoint) is not null)
        {
            return null;
        }

        return new RevocationTicket(new Secret(content.Token), address!, content.IsVendorsOwn, tokenEndpoint!, content.ExpiresAt);
    }

    private static RevocationContent? Read(byte[]? opened)
    {
        try
        {
            return opened is null ? null : JsonSerializer.Deserialize(opened, RevocationJson.Default.RevocationContent);
        }
        catch (JsonException)
        {
            // Sealed by another version, with other fields.
            return null;
        }
    }

    private static byte[] Key(TokenRequest request) => SealingKey.Derive(request.Secrets, "revocation state", request.Plan.Provider, request.Plan.Client?.Id ?? "");
}

/// <summary>What is sealed. A class, so that no ToString shows the token.</summary>
internal sealed class RevocationContent
{
    public required string Token { get; init; }

    public required string Address { get; init; }

    public required bool IsVendorsOwn { get; init; }

    public required string TokenEndpoint { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

[JsonSerializable(typeof(RevocationContent))]
internal sealed partial class RevocationJson : JsonSerializerContext;
