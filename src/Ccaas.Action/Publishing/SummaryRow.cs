using System.Globalization;
using Ccaas.Action.Foundation;
using Ccaas.Action.Reuse;

namespace Ccaas.Action.Publishing;

/// <summary>One line of what people are told of a token that was handed on. The token itself is not among them.</summary>
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
            new("Organisation", publication.Organization?.Name ?? "", publication.Organization?.Id ?? ""),
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
