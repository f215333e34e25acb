namespace Ccaas.Action.Requests;

/// <summary>Where the vendor's API is, or how that is found out once there is a token: the first that gives an answer.</summary>
internal sealed record ApiAddress
{
    /// <summary>Known before anything is asked.</summary>
    public Uri? Base { get; init; }

    /// <summary>The field of the token response that holds it.</summary>
    public string? AnswerField { get; init; }

    /// <summary>A document of the vendor's that tells it for the tenant of the id token.</summary>
    public TenantDocument? Tenant { get; init; }

    /// <summary>What holds when the answer has no such field.</summary>
    public Uri? Fallback { get; init; }
}

/// <param name="Address">Answers a GET that has the tenant in its query; no token is sent.</param>
/// <param name="Claim">The claim of the id token that names the tenant, which is also the query's name for it.</param>
/// <param name="ApiField">The field of the document that holds the API's base address.</param>
/// <param name="RegionField">The field that holds the region.</param>
internal sealed record TenantDocument(Uri Address, string Claim, string ApiField, string RegionField);
