namespace Ccaas.Action.SecretStores;

/// <summary>
/// The environment as stores may read it in a CI job. An earlier step can set every variable, so those that name a host do not
/// count: it would be sent the job's identity, a session token or a signed request. What else is read there picks an identity or
/// a file, and goes to the vendor's own hosts.
/// </summary>
internal static class StoreVariables
{
    private static readonly string[] NameHosts =
    [
        "AZURE_AUTHORITY_HOST", "AZURE_POD_IDENTITY_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL_STS",
    ];

    public static ProcessEnvironment OfJob(ProcessEnvironment all) => all with
    {
        Variables = all.Variables.Where(variable => Counts(variable.Key, variable.Value)).ToDictionary(StringComparer.Ordinal),
    };

    private static bool Counts(string name, string value) => name switch
    {
        // Amazon EKS sets it; no packet to its address leaves the host.
        "AWS_CONTAINER_CREDENTIALS_FULL_URI" => MetadataAddress.IsOfTheLink(value),
        // The agent sets it, but a variable that a step sets arrives under the same name. Only the service makes such tokens, not the server.
        "SYSTEM_OIDCREQUESTURI" => IsAzureDevOps(value),
        // ACTIONS_ID_TOKEN_REQUEST_URL is not read here: the runner itself sets it, after what a step may have set.
        _ => !NameHosts.Contains(name),
    };

    private static bool IsAzureDevOps(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri is { Scheme: "https", IsDefaultPort: true, UserInfo: "" }
        && (uri.Host is "dev.azure.com" || uri.Host.EndsWith(".dev.azure.com", StringComparison.Ordinal) || uri.Host.EndsWith(".visualstudio.com", StringComparison.Ordinal));
}
