namespace Ccaas.Action.Inputs;

/// <summary>Every input there is, in the order in which people meet them. A test holds action.yml and the options against it.</summary>
internal static class InputCatalog
{
    public static IReadOnlyList<InputDefinition> All { get; } =
    [
        new(InputNames.Provider, "Who issues the token: genesys-cloud."),
        new(InputNames.Region, "Where your organisation lives. Genesys Cloud: an AWS name (eu-west-1) or a domain (mypurecloud.ie); us-east-1 when not given."),
        new(InputNames.ClientId, "The OAuth client's id."),
        new(InputNames.ClientSecret, "The OAuth client's secret. Take it from a secret store, never from the file itself.") { IsSecret = true },
        new(InputNames.ClientSecretFile, "A file that holds the client secret, or - for standard input.") { IsOptionOnly = true },
        new(InputNames.TokenUrl, "Token endpoint to use instead of the provider's; https, or http on loopback."),
        new(InputNames.ApiUrl, "API base address to use instead of the provider's; https, or http on loopback."),
        new(InputNames.EnvironmentVariable, "Name under which later steps find the token; empty for no export.", "CCAAS_ACCESS_TOKEN") { EmptyIsAnAnswer = true },
        new(InputNames.ToolEnvironment, "Also export what the vendor's own tools read (Genesys Cloud: GENESYSCLOUD_ACCESS_TOKEN, GENESYSCLOUD_REGION, GENESYSCLOUD_API_REGION).", "false") { IsSwitch = true },
        new(InputNames.Verify, "Ask the vendor which organisation the token belongs to, and publish it.", "false") { IsSwitch = true },
        new(InputNames.AllowedOrganizations, "Organisation ids, separated by commas or line breaks; any other organisation fails the step. Implies verify."),
        new(InputNames.MinimumValidity, "How long the token should last at least, such as 30s or 15m; a fresh token that lasts less is a warning.", "30s"),
        new(InputNames.Timeout, "Time for everything together, retries included, such as 60s or 2m.", "60s"),
        new(InputNames.MaxAttempts, "How many times a request is tried at most, from 1 to 20.", "5"),
        new(InputNames.CaCertificate, "PEM text, or the path of a PEM file, of certificate authorities to trust besides the system's."),
        new(InputNames.Format, "What standard output holds on a plain terminal: text (the token alone), json or dotenv.", "text") { IsOptionOnly = true },
    ];

    public static InputDefinition Get(string name) => All.Single(input => input.Name == name);
}
