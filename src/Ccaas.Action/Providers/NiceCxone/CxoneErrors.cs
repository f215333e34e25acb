namespace Ccaas.Action.Providers.NiceCxone;

/// <summary>
/// What NICE CXone's errors mean. With four secrets in one request, the code tells which two of them were refused:
/// <c>invalid_client</c> is about the client, <c>invalid_grant</c> about the access key.
/// </summary>
internal static class CxoneErrors
{
    public static IReadOnlyList<KnownError> AtTokenEndpoint { get; } =
    [
        new(ExitCode.CredentialsRefused, "NICE CXone refused the client",
            "client-id or client-secret is wrong, or belongs to another issuer; the access key was not looked at. An id or secret with "
                + "%, + or a space may also be expected form-encoded.",
            "compare both with what NICE sent when the application was registered; give issuer for FedRAMP or a sovereign cloud; then "
                + "try client-authentication: basic (form-encoded), or post if the application was registered so.",
            "the-client-was-refused")
        { Code = "invalid_client" },

        new(ExitCode.CredentialsRefused, "NICE CXone refused the access key",
            "access-key-id or access-key-secret is wrong, or the key was deactivated, or its employee was; the client was accepted.",
            "on the employee's page in Admin, under Access Keys, check that the key is active; when in doubt make another and store its "
                + "id and its secret, equals signs included.",
            "the-access-key-was-refused")
        { Code = "invalid_grant" },

        new(ExitCode.NotPermitted, "The client may not use an access key",
            "the registered client has no right to the grant type password, or is not made for this tenant.",
            "ask NICE, or who registered the application, to allow back-end applications with access keys for it.",
            "the-grant-type-is-not-allowed")
        { Code = "unauthorized_client" },

        new(ExitCode.CredentialsRefused, "NICE CXone refused the credentials",
            "one of four is wrong, and the response does not say which: client-id, client-secret, access-key-id or access-key-secret.",
            "check the access key first, because it can be deactivated by any administrator (the employee's page in Admin, Access Keys); "
                + "then client-id and client-secret; and the issuer.",
            "the-client-was-refused")
        { Status = 401 },
    ];

    public static IReadOnlyList<KnownError> AtAccessKey(string? area)
    {
        var refused = new KnownError(ExitCode.CredentialsRefused, "NICE CXone refused the access key",
            $"access-key-id or access-key-secret is wrong or "
                + $"deactivated{(area is null ? "" : $"; or the tenant lives in another area than {area}")}.",
            "on the employee's page in Admin, under Access Keys, check that the key is active; when in doubt make another and store its "
                + "id and its secret, equals signs included. Compare region with the address that people log in at.",
            "the-access-key-was-refused");
        // The host words this in several ways; every refusal there is about the one credential it was given.
        return [refused with { Status = 400 }, refused with { Status = 401 }, refused with { Status = 403 }];
    }

    public static IReadOnlyList<KnownError> AtUserInfo { get; } =
    [
        new(ExitCode.CredentialsRefused, "NICE CXone did not accept the token",
            "issuer belongs to another environment than the one that issued the token.",
            "give the same environment in issuer, region and token-url, or leave all three out.",
            "the-token-was-not-accepted")
        { Status = 401 },
    ];

    public static IReadOnlyList<KnownError> AtPlatform(string region) =>
    [
        new(ExitCode.CredentialsRefused, "The client was refused",
            $"client-id or client-secret is wrong, or the tenant is in another region than {region}; and this flow's address is not "
                + "documented by NICE.",
            "check both and the region; where your tenant has an access key, use the flow password or access-key.",
            "the-client-was-refused")
        { Code = "invalid_client" },
    ];

    public static IReadOnlyList<KnownError> AtPlatformApi { get; } =
    [
        new(ExitCode.CredentialsRefused, "The API did not accept the token",
            "api-url or region belongs to another region than the one that issued the token.",
            "leave api-url and token-url out and give the region alone; or make both point to the same region.",
            "the-token-was-not-accepted")
        { Status = 401 },
    ];
}

/// <summary>What the flows with an access key share.</summary>
internal static class CxoneAddresses
{
    /// <summary>The claim of the id token that names the tenant.</summary>
    public const string TenantClaim = "tenantId";

    /// <summary>
    /// Basic by the vendor's metadata, with an id that is not encoded, as its own SDK sends one; the others because registrations
    /// differ.
    /// </summary>
    public static ClientAuthenticationMethod[] ClientAuthentication { get; } =
        [ClientAuthenticationMethod.BasicRaw, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post];

    private const string DefaultIssuer = "https://cxone.niceincontact.com";

    /// <summary>
    /// Any address, unlike an area: it is a whole address, like token-url, and sovereign clouds have their own domains.
    /// </summary>
    public static string Issuer(InputReader inputs) => inputs.Issuer(Input.Issuer) ?? DefaultIssuer;

    /// <summary>There is no complete list of areas (na1, na2, eu1, au1, uk1, jp1 have been seen), so any name is accepted.</summary>
    public static string? Area(InputReader inputs)
    {
        if (inputs.Text(Input.Region) is not { } area)
        {
            return null;
        }

        if (!DomainName.IsLabel(area) || area.Count(c => c == '-') > 1)
        {
            // Reading continues with a placeholder, so that other problems are found, too.
            inputs.Problems.Add(Input.Region, $"'{inputs.Shown(Input.Region)}' is no area of NICE CXone; give its short name, such as "
                + $"na1 or eu1. AWS names belong to the flow {ClientCredentialsFlow.Name}, other hosts in token-url.");
            return "invalid";
        }

        return area.ToLowerInvariant();
    }

    public static Uri Api(string area) => new($"https://api-{area}.niceincontact.com");

    public static string AccessKeyId(InputReader inputs) => inputs.Required(Input.AccessKeyId, "the access key's id (the employee's page "
        + "in Admin, Access Keys)");

    public static Secret AccessKeySecret(InputReader inputs) =>
        inputs.RequiredSecret(Input.AccessKeySecret, "the access key's secret, which was shown once when it was made, through a secret");

    /// <summary>
    /// Responds to every valid token. The tenant is in the id token, which comes from the token endpoint itself.
    /// </summary>
    public static OrganizationProbe UserInfo(string issuer) => new() { Address = Below(issuer, "auth/userinfo"), IdClaim = TenantClaim };

    public static Uri Below(string issuer, string path) => new($"{issuer.TrimEnd('/')}/{path}");
}
