namespace Ccaas.Action.SecretStores;

/// <summary>
/// The environment that stores read in a CI job. An earlier step can set every variable, so variables that name a host are
/// ignored: that host would get the job's identity, a session token or a signed request. The others choose an identity or a
/// file, which is used with the cloud's own hosts.
/// </summary>
internal static class StoreVariables
{
    private static readonly string[] HostVariables =
    [
        "AZURE_AUTHORITY_HOST", "AZURE_POD_IDENTITY_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL_STS",
    ];

    public static ProcessEnvironment OfJob(ProcessEnvironment all) => all with
    {
        Variables = all.Variables.Where(variable => IsRead(variable.Key, variable.Value)).ToDictionary(StringComparer.Ordinal),
    };

    private static bool IsRead(string name, string value) => name switch
    {
        // Set by Amazon EKS to a link-local address, which is never routed to another host.
        "AWS_CONTAINER_CREDENTIALS_FULL_URI" => MetadataAddress.IsLinkLocal(value),
        // The agent sets it, but a step can set a variable of the same name. Azure DevOps Services issues such tokens; Azure
        // DevOps Server does not.
        "SYSTEM_OIDCREQUESTURI" => IsAzureDevOps(value),
        // ACTIONS_ID_TOKEN_REQUEST_URL is not read here: the runner sets it, and its value replaces a step's.
        _ => !HostVariables.Contains(name),
    };

    private static bool IsAzureDevOps(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri is { Scheme: "https", IsDefaultPort: true, UserInfo: "" }
        && (uri.Host is "dev.azure.com" || uri.Host.EndsWith(".dev.azure.com", StringComparison.Ordinal)
            || uri.Host.EndsWith(".visualstudio.com", StringComparison.Ordinal));
}
