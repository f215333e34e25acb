namespace Ccaas.Action.CiSystems;

/// <summary>A token and what is published about it to later steps.</summary>
/// <param name="Request">The request that the inputs describe.</param>
/// <param name="Token">The access token.</param>
/// <param name="Attempts">Attempts of the token request; zero for a cached token.</param>
/// <param name="Api">The vendor's API that accepts the token.</param>
/// <param name="Organization">The organization that the token belongs to; null without <c>verify</c>.</param>
internal sealed record Publication(TokenRequest Request, AccessToken Token, int Attempts, VendorApi Api, Organization? Organization)
{
    public TokenPlan Plan => Request.Plan;

    public TokenSource Source { get; init; }

    /// <summary>The encrypted token for other jobs; null without <c>seal</c>.</summary>
    public string? SealedToken { get; init; }
}

/// <summary>The outputs. Their names and meanings are public contract.</summary>
internal static class Outputs
{
    public const string AccessToken = "access-token";
    public const string ExpiresIn = "expires-in";

    /// <summary>In the order of action.yml.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        AccessToken, "token-type", ExpiresIn, "expires-at", "provider", "region", "api-url", "organization-id", "organization-name",
        "source", "sealed-token",
    ];

    /// <returns>Every output, empty when it is not known. The access token is in plain text.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(Publication publication, TimeProvider time) => Names.Zip(
    [
        publication.Token.Value.Reveal(),
        OAuth.AccessToken.Type,
        RemainingSeconds(publication.Token.Lifetime, time),
        ExpiresAt(publication.Token.Lifetime),
        publication.Plan.Provider,
        publication.Api.Region,
        publication.Api.Shown,
        publication.Organization?.Id ?? "",
        publication.Organization?.Name ?? "",
        publication.Source.ToString().ToLowerInvariant(),
        publication.SealedToken ?? "",
    ], KeyValuePair.Create);

    /// <summary>Whole seconds, rounded down.</summary>
    private static string RemainingSeconds(Lifetime? lifetime, TimeProvider time) =>
        lifetime is null ? "" : Math.Floor(lifetime.Remaining(time).TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339, UTC, whole seconds rounded down.</summary>
    private static string ExpiresAt(Lifetime? lifetime) =>
        lifetime is null ? "" : lifetime.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The environment variables for later steps, or for the command of <c>exec</c>.</summary>
internal static class EnvironmentExports
{
    /// <returns>Each name once; the token's value in plain text.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(Publication publication)
    {
        var token = publication.Token.Value.Reveal();
        var export = publication.Request.Export;
        if (export.Variable is not null)
        {
            yield return new(export.Variable, token);
        }

        foreach (var (name, value) in export.ToolEnvironment ? publication.Plan.ToolEnvironment : [])
        {
            if (name != export.Variable)
            {
                yield return new(name, value ?? token);
            }
        }
    }
}

/// <summary>One row of the summary of a published token. No row contains the token.</summary>
/// <param name="Name">What the row is about.</param>
/// <param name="Text">May be empty.</param>
/// <param name="Code">An address, id or fingerprint after the text; may be empty.</param>
internal sealed record SummaryRow(string Name, string Text, string Code)
{
    /// <returns>Only the rows whose value is known.</returns>
    public static IEnumerable<SummaryRow> Of(Publication publication)
    {
        var expiry = publication.Token.Lifetime is { } lifetime
            ? $"{lifetime.ShownExpiry} (after {Durations.Describe(lifetime.Total)})"
            : "not told by the server";
        return new SummaryRow[]
        {
            new("Provider", publication.Plan.ProviderTitle, ""),
            new("Region", publication.Api.Region, ""),
            new("API", "", publication.Api.Shown),
            new("Organization", publication.Organization?.Name ?? "", publication.Organization?.Id ?? ""),
            new("Expires", expiry, ""),
            new("Source", SourceText(publication.Source), ""),
            new("Attempts", publication.Attempts == 0 ? "" : publication.Attempts.ToString(CultureInfo.InvariantCulture), ""),
            new("Token", "", publication.Token.Fingerprint),
        }.Where(row => row.Text.Length + row.Code.Length > 0);
    }

    /// <returns>Empty for a token that this run requested.</returns>
    public static string SourceText(TokenSource source) => source switch
    {
        TokenSource.Cache => "from the job's cache",
        TokenSource.Sealed => "sealed by another job",
        TokenSource.Store => "from the store",
        _ => "",
    };
}

internal static class PublishFailures
{
    /// <param name="where">What could not be written; the start of a sentence.</param>
    public static FailureException NotWritten(string where) => NotPublished($"{where} could not be written; nothing was published.");

    public static FailureException NotPublished(string what) => new(ExitCode.Bug, "The results could not be written",
        what,
        "the disk is full, or the job is being torn down.",
        "make room on the disk and run the job again.",
        "the-results-could-not-be-written");
}
