namespace Ccaas.Action.Providers.GenesysCloud;

/// <summary>
/// A Genesys Cloud region. The token is issued by <c>login.{domain}</c> and used at <c>api.{domain}</c>.
/// Source: the vendor's "Platform API regions" page, https://developer.genesys.cloud/platform/api/
/// </summary>
/// <param name="Name">The AWS name; for a region that is not in the table, the domain itself.</param>
/// <param name="Domain">The region's domain.</param>
internal sealed record GenesysRegion(string Name, string Domain)
{
    public static GenesysRegion Default { get; } = new("us-east-1", "mypurecloud.com");

    public static IReadOnlyList<GenesysRegion> All { get; } =
    [
        Default,
        new("us-east-2", "use2.us-gov-pure.cloud"),
        new("us-west-2", "usw2.pure.cloud"),
        new("ca-central-1", "cac1.pure.cloud"),
        new("eu-west-1", "mypurecloud.ie"),
        new("eu-west-2", "euw2.pure.cloud"),
        new("eu-central-1", "mypurecloud.de"),
        new("eu-central-2", "euc2.pure.cloud"),
        new("ap-southeast-1", "apse1.pure.cloud"),
        new("ap-southeast-2", "mypurecloud.com.au"),
        new("ap-northeast-1", "mypurecloud.jp"),
        new("ap-northeast-2", "apne2.pure.cloud"),
        new("ap-northeast-3", "apne3.pure.cloud"),
        new("ap-south-1", "aps1.pure.cloud"),
        new("sa-east-1", "sae1.pure.cloud"),
        new("me-central-1", "mec1.pure.cloud"),
        new("mx-central-1", "mxc1.pure.cloud"),
        new("eusc-de-east-1", "edee1.eusc-pure.cloud"),
    ];

    public Uri TokenEndpoint => new($"https://login.{Domain}/oauth/token");

    public Uri Api => new($"https://api.{Domain}");

    /// <summary>Below these the vendor makes new regions; nobody else can have a name there.</summary>
    private static readonly string[] Suffixes = ["pure.cloud", "us-gov-pure.cloud", "eusc-pure.cloud"];

    /// <returns>
    /// The region; a domain that is not in the table is taken when it is one label below a domain of the vendor's. Null for
    /// everything else, which <c>token-url</c> is for: the client's secret goes there.
    /// </returns>
    public static GenesysRegion? Find(string text)
    {
        var known = All.FirstOrDefault(region =>
            region.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || region.Domain.Equals(text, StringComparison.OrdinalIgnoreCase));

        return known ?? (IsNewRegion(text.ToLowerInvariant()) ? new GenesysRegion(text.ToLowerInvariant(), text.ToLowerInvariant()) : null);
    }

    private static bool IsNewRegion(string text) =>
        text.Split('.', 2) is [var label, var suffix] && DomainName.IsLabel(label) && label is not ("login" or "api" or "apps")
            && Suffixes.Contains(suffix);
}
