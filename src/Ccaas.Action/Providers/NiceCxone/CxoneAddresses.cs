using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers.NiceCxone;

/// <summary>What the flows with an access key share.</summary>
internal static class CxoneAddresses
{
    /// <summary>The claim of the id token that names the tenant.</summary>
    public const string TenantClaim = "tenantId";

    /// <summary>Basic by the vendor's metadata, with an id that is not encoded, as its own SDK sends one; the others because registrations differ.</summary>
    public static ClientAuthenticationMethod[] ClientAuthentication { get; } = [ClientAuthenticationMethod.BasicRaw, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post];

    private const string DefaultIssuer = "https://cxone.niceincontact.com";

    /// <summary>
    /// Any address, unlike an area: it is written whole, like token-url, so nobody takes it for a name, and the sovereign clouds
    /// have domains of their own.
    /// </summary>
    public static string Issuer(InputReader inputs) => inputs.Issuer(InputNames.Issuer) ?? DefaultIssuer;

    /// <summary>Areas are not listed anywhere in full (na1, na2, eu1, au1, uk1, jp1 have been seen), so any name is taken.</summary>
    public static string? Area(InputReader inputs)
    {
        if (inputs.Text(InputNames.Region) is not { } area)
        {
            return null;
        }

        if (!DomainName.IsLabel(area) || area.Count(c => c == '-') > 1)
        {
            // Reading goes on with a harmless stand-in, so that what else is wrong is found.
            inputs.Problems.Add(InputNames.Region, $"'{inputs.Shown(InputNames.Region)}' is no area of NICE CXone; give its short name, such as na1 or eu1. AWS names belong to the flow {ClientCredentialsFlow.Name}, other hosts in token-url.");
            return "invalid";
        }

        return area.ToLowerInvariant();
    }

    public static Uri Api(string area) => new($"https://api-{area}.niceincontact.com");

    public static string AccessKeyId(InputReader inputs) => inputs.Required(InputNames.AccessKeyId, "the access key's id (the employee's page in Admin, Access Keys)");

    public static Secret AccessKeySecret(InputReader inputs) =>
        inputs.RequiredSecret(InputNames.AccessKeySecret, "the access key's secret, which was shown once when it was made, through a secret");

    /// <summary>Answers whoever holds a token; whose tenant it is stands in the id token, which came from the token endpoint itself.</summary>
    public static OrganizationProbe UserInfo(string issuer) => new() { Address = Below(issuer, "auth/userinfo"), IdClaim = TenantClaim };

    public static Uri Below(string issuer, string path) => new($"{issuer.TrimEnd('/')}/{path}");
}
