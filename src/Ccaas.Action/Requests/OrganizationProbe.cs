namespace Ccaas.Action.Requests;

/// <summary>A question that only the holder of the token gets an answer to, and where in the answer the organisation stands.</summary>
internal sealed record OrganizationProbe
{
    /// <summary>Answers a GET with the token as Bearer; null: <see cref="Path"/> below the API's base address.</summary>
    public Uri? Address { get; init; }

    public string Path { get; init; } = "";

    /// <summary>The JSON field that holds the organisation's id; null: it stands in the id token.</summary>
    public string? IdField { get; init; }

    /// <summary>The claim of the id token that holds the id, where the answer does not.</summary>
    public string? IdClaim { get; init; }

    /// <summary>The JSON field that holds its name; null where the answer has none.</summary>
    public string? NameField { get; init; }
}
