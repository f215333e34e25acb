using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>A provider's answer to the inputs: whom to ask, with what, and how to read what comes back. Data only.</summary>
internal sealed record TokenPlan
{
    /// <summary>The provider's name as an input value, such as <c>genesys-cloud</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name for people, such as <c>Genesys Cloud</c>.</summary>
    public required string ProviderTitle { get; init; }

    public required string Region { get; init; }

    public required Uri TokenEndpoint { get; init; }

    public required Uri ApiBase { get; init; }

    public required ClientCredentials Client { get; init; }

    /// <summary>The form that goes to the token endpoint, <c>grant_type</c> included.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Form { get; init; }

    /// <summary>How to ask which organisation the token belongs to; null when this provider cannot tell.</summary>
    public OrganizationProbe? Organization { get; init; }

    /// <summary>What the vendor's own tools read from the environment; a null value stands for the token.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ToolEnvironment { get; init; } = [];

    /// <summary>What the token endpoint's errors mean, the first match first; the general rules of OAuth come after them.</summary>
    public IReadOnlyList<KnownError> TokenErrors { get; init; } = [];

    /// <summary>The same for the vendor's API.</summary>
    public IReadOnlyList<KnownError> ApiErrors { get; init; } = [];

    /// <summary>The response header that the vendor's support asks for; null when there is none.</summary>
    public string? CorrelationHeader { get; init; }
}

/// <param name="Id">The OAuth client's id; no secret.</param>
/// <param name="Secret">The OAuth client's secret.</param>
internal sealed record ClientCredentials(string Id, Secret Secret);

/// <param name="Address">Answers a GET with the token as Bearer.</param>
/// <param name="IdField">The JSON field that holds the organisation's id.</param>
/// <param name="NameField">The JSON field that holds its name.</param>
internal sealed record OrganizationProbe(Uri Address, string IdField, string NameField);
