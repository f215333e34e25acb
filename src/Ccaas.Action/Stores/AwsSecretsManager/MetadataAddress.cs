using Ccaas.Action.Inputs;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>
/// What an address must be before a machine's or a container's keys are asked for there. The services that hand them out speak
/// plain http on addresses of the link, which no packet leaves the host for: the one exception to https besides loopback, and
/// for these hosts alone, as in AWS's own tools
/// (<see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"/>).
/// </summary>
internal static class MetadataAddress
{
    private static readonly string[] OfTheLink =
    [
        // Amazon ECS; Amazon EKS; the metadata service of an instance. The IPv6 addresses are EKS's and the instance's.
        "169.254.170.2", "169.254.170.23", "169.254.169.254", "[fd00:ec2::23]", "[fd00:ec2::254]",
    ];

    /// <returns>Null when nothing may be asked there.</returns>
    public static Uri? Read(string text) => IsOfTheLink(text) ? new Uri(text) : EndpointRule.Check(text, out var address) is null ? address : null;

    public static bool IsOfTheLink(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http", UserInfo: "" } && OfTheLink.Contains(uri.Host);
}
