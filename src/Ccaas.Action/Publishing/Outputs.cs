using System.Globalization;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Publishing;

/// <summary>The outputs by name. The names and their meaning are public contract.</summary>
internal static class Outputs
{
    public const string AccessToken = "access-token";
    public const string ExpiresIn = "expires-in";

    /// <returns>Each output; what is not known is empty. The access token is among them in clear: it goes to the command files alone.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(Publication publication, TimeProvider time) =>
    [
        new(AccessToken, publication.Token.Value.Reveal()),
        new("token-type", Tokens.AccessToken.Type),
        new(ExpiresIn, SecondsLeft(publication.Token.Lifetime, time)),
        new("expires-at", ExpiresAt(publication.Token.Lifetime)),
        new("provider", publication.Plan.Provider),
        new("region", publication.Api.Region),
        new("api-url", publication.Api.Shown),
        new("organization-id", publication.Organization?.Id ?? ""),
        new("organization-name", publication.Organization?.Name ?? ""),
        new("source", publication.Source),
    ];

    /// <summary>Whole seconds left at the moment of publishing, rounded down.</summary>
    private static string SecondsLeft(Lifetime? lifetime, TimeProvider time) =>
        lifetime is null ? "" : Math.Floor(lifetime.Left(time).TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339, UTC, whole seconds rounded down.</summary>
    private static string ExpiresAt(Lifetime? lifetime) =>
        lifetime is null ? "" : lifetime.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
