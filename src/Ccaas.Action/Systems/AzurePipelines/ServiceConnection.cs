using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;

namespace Ccaas.Action.Systems.AzurePipelines;

/// <summary>
/// What a service connection holds: its authorization parameters, each of which the agent masks, and its data, which it does
/// not. Credentials are among the first, region and the like among the second.
/// </summary>
internal static class ServiceConnection
{
    /// <summary>The task's inputs that name a connection, by the provider they are for.</summary>
    private static readonly (string Provider, string Input)[] Connections = [("genesys-cloud", "GENESYSCONNECTION"), ("nice-cxone", "CXONECONNECTION")];

    private static readonly (string Parameter, string Input)[] Secrets =
    [
        // The Basic scheme calls them so, whatever the connection's page shows.
        ("USERNAME", InputNames.ClientId),
        ("PASSWORD", InputNames.ClientSecret),
        ("ACCESSKEYID", InputNames.AccessKeyId),
        ("ACCESSKEYSECRET", InputNames.AccessKeySecret),
    ];

    private static readonly (string Data, string Input)[] Open =
        [("REGION", InputNames.Region), ("ISSUER", InputNames.Issuer), ("FLOW", InputNames.Flow)];

    /// <returns>Input, value and where it stands; nothing when no connection is named for the provider that is asked for.</returns>
    public static IEnumerable<(string Input, string Value, string Source)> Read(Surroundings surroundings) =>
        from connection in Connections
        where surroundings.IsSet("INPUT_PROVIDER", connection.Provider)
        // The agent writes ids in small letters, however the pipeline does.
        let id = surroundings.Variable($"INPUT_{connection.Input}")?.Trim().ToLowerInvariant()
        where !string.IsNullOrEmpty(id)
        from entry in Secrets.Select(secret => (secret.Input, Name: $"ENDPOINT_AUTH_PARAMETER_{id}_{secret.Parameter}"))
            .Concat(Open.Select(open => (open.Input, Name: $"ENDPOINT_DATA_{id}_{open.Data}")))
        let value = surroundings.Variable(entry.Name)?.Trim()
        where !string.IsNullOrEmpty(value)
        select (entry.Input, value, "the service connection");
}
