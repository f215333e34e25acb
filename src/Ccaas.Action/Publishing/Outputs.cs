using System.Globalization;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Publishing;

/// <summary>The outputs by name. The names and their meaning are public contract.</summary>
internal static class Outputs
{
    public const string AccessToken = "access-token";
    public const string ExpiresIn = "expires-in";

    /// <summary>Every output's name, in the order of action.yml.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [AccessToken, "token-type", ExpiresIn, "expires-at", "provider", "region", "api-url", "organization-id", "organization-name", "source", "sealed-token"];

    /// <returns>Each output; what is not known is empty. The access token is among them in clear: it goes to the command files alone.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(Publication publication, TimeProvider time) => Names.Zip(
    [
        publication.Token.Value.Reveal(),
        Tokens.AccessToken.Type,
        SecondsLeft(publication.Token.Lifetime, time),
        ExpiresAt(publication.Token.Lifetime),
        publication.Plan.Provider,
        publication.Api.Region,
        publication.Api.Shown,
        publication.Organization?.Id ?? "",
        publication.Organization?.Name ?? "",
        publication.Source.ToString().ToLowerInvariant(),
        publication.SealedToken ?? "",
    ], KeyValuePair.Create);

    /// <summary>Whole seconds left at the moment of publishing, rounded down.</summary>
    private static string SecondsLeft(Lifetime? lifetime, TimeProvider time) =>
        lifetime is null ? "" : Math.Floor(lifetime.Left(time).TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339, UTC, whole seconds rounded down.</summary>
    private static string ExpiresAt(Lifetime? lifetime) =>
        lifetime is null ? "" : lifetime.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
