using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers.NiceCxone;

/// <summary>
/// The current way: a registered client proves itself by Basic and an employee's access key stands for user and password, at
/// the token endpoint of the issuer's metadata. The tenant of the id token tells where the API is.
/// Source: NICE CXone's OpenID Connect and back-end application pages, https://developer.niceincontact.com/
/// </summary>
internal static class PasswordFlow
{
    public const string Name = "password";

    public static TokenPlan Plan(NiceCxoneProvider provider, InputReader inputs)
    {
        var issuer = CxoneAddresses.Issuer(inputs);
        var area = CxoneAddresses.Area(inputs);
        return new TokenPlan
        {
            Provider = provider.Name,
            ProviderTitle = provider.Title,
            Flow = Name,
            Region = area ?? "",
            Server = inputs.Server(token: null) with { Issuer = issuer },
            Client = inputs.Client("NICE sends it when the application is registered", CxoneAddresses.ClientAuthentication),
            HasGeneratedSecrets = true,
            Grant = new TokenGrant(
            [
                GrantField.Of("grant_type", "password"),
                GrantField.Of("username", CxoneAddresses.AccessKeyId(inputs)),
                GrantField.Of("password", CxoneAddresses.AccessKeySecret(inputs)),
            ]),
            Api = new ApiAddress
            {
                Base = inputs.Api() ?? (area is null ? null : CxoneAddresses.Api(area)),
                Tenant = new TenantDocument(CxoneAddresses.Below(issuer, ".well-known/cxone-configuration"), CxoneAddresses.TenantClaim, "api_endpoint", "area"),
            },
            Organization = CxoneAddresses.UserInfo(issuer),
            TokenErrors = CxoneErrors.AtTokenEndpoint,
            ApiErrors = CxoneErrors.AtUserInfo,
        };
    }
}
