namespace Ccaas.Action.CiSystems;

/// <summary>What a run hands to the steps that follow.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Token">What came of it.</param>
/// <param name="Attempts">Tries the token request took; zero when there was none.</param>
/// <param name="Api">Where the token is good for something.</param>
/// <param name="Organization">Whom it belongs to; null when that was not asked.</param>
internal sealed record Publication(TokenRequest Request, AccessToken Token, int Attempts, VendorApi Api, Organization? Organization)
{
    public TokenPlan Plan => Request.Plan;

    public TokenSource Source { get; init; }

    /// <summary>The token for other jobs, encrypted; null when that is not wanted.</summary>
    public string? SealedToken { get; init; }
}

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
        OAuth.AccessToken.Type,
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
        lifetime is null ? "" : Math.Floor(lifetime.Remaining(time).TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339, UTC, whole seconds rounded down.</summary>
    private static string ExpiresAt(Lifetime? lifetime) =>
        lifetime is null ? "" : lifetime.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What later steps find in their environment.</summary>
internal static class EnvironmentExports
{
    /// <returns>Name and value, each name once; the token's value in clear.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(Publication publication)
    {
        var token = publication.Token.Value.Reveal();
        if (publication.Request.Export.Variable is { } variable)
        {
            yield return new(variable, token);
        }

        if (!publication.Request.Export.ToolEnvironment)
        {
            yield break;
        }

        foreach (var (name, value) in publication.Plan.ToolEnvironment)
        {
            if (name != publication.Request.Export.Variable)
            {
                yield return new(name, value ?? token);
            }
        }
    }
}

/// <summary>One line of what people are told of a token that was published. The token itself is not among them.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">In words; may be empty.</param>
/// <param name="Code">An address, id or fingerprint after the words; may be empty.</param>
internal sealed record SummaryRow(string Name, string Text, string Code)
{
    /// <returns>What is known, in the order in which it is read.</returns>
    public static IEnumerable<SummaryRow> Of(Publication publication)
    {
        var lifetime = publication.Token.Lifetime;
        return new SummaryRow[]
        {
            new("Provider", publication.Plan.ProviderTitle, ""),
            new("Region", publication.Api.Region, ""),
            new("API", "", publication.Api.Shown),
            new("Organization", publication.Organization?.Name ?? "", publication.Organization?.Id ?? ""),
            new("Expires", lifetime is null ? "not told by the server" : $"{lifetime.ShownExpiry} (after {Durations.Describe(lifetime.Total)})", ""),
            new("Source", Words(publication.Source), ""),
            new("Attempts", publication.Attempts == 0 ? "" : publication.Attempts.ToString(CultureInfo.InvariantCulture), ""),
            new("Token", "", publication.Token.Fingerprint),
        }.Where(row => row.Text.Length + row.Code.Length > 0);
    }

    /// <summary>Where a token comes from that was not requested by this run; empty for one that was.</summary>
    public static string Words(TokenSource source) => source switch
    {
        TokenSource.Cache => "from the job's cache",
        TokenSource.Sealed => "sealed by another job",
        TokenSource.Store => "from the store",
        _ => "",
    };
}

/// <summary>What can go wrong when everything else went right.</summary>
internal static class PublishFailures
{
    /// <param name="where">What could not be written, at the start of a sentence.</param>
    public static FailureException NotWritten(string where) => NotPublished($"{where} could not be written; nothing was published.");

    public static FailureException NotPublished(string what) => new(ExitCode.Bug, "The results could not be written",
        what,
        "the disk is full, or the job is being torn down.",
        "make room on the disk and run the job again.",
        "the-results-could-not-be-written");
}
