using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers.NiceCxone;

/// <summary>
/// The short way, in wide use: an employee's access key alone, as JSON, at the area's own host. No client, and so no proof of
/// one. Source: NICE CXone's authentication API, https://developer.niceincontact.com/
/// </summary>
internal static class AccessKeyFlow
{
    public const string Name = "access-key";

    public static TokenPlan Plan(NiceCxoneProvider provider, InputReader inputs)
    {
        var issuer = CxoneAddresses.Issuer(inputs);
        var area = CxoneAddresses.Area(inputs);
        if (area is null && !inputs.Given(InputNames.TokenUrl))
        {
            inputs.Problems.Add(InputNames.Region, "missing; give the area of your tenant, such as na1 or eu1, which stands in the address that people log in at.");
        }

        return new TokenPlan
        {
            Provider = provider.Name,
            ProviderTitle = provider.Title,
            Flow = Name,
            Region = area ?? "",
            Server = inputs.Server(new Uri($"https://{area ?? "missing"}.nice-incontact.com/authentication/v1/token/access-key")),
            HasGeneratedSecrets = true,
            Client = null,
            Grant = new TokenGrant(
            [
                GrantField.Of("accessKeyId", CxoneAddresses.AccessKeyId(inputs)),
                GrantField.Of("accessKeySecret", CxoneAddresses.AccessKeySecret(inputs)),
            ])
            { IsJson = true },
            Api = new ApiAddress
            {
                Base = inputs.Api(),
                AnswerField = "resource_server_base_uri",
                Fallback = area is null ? null : CxoneAddresses.Api(area),
            },
            Organization = CxoneAddresses.UserInfo(issuer),
            TokenErrors = CxoneErrors.AtAccessKey(area),
            ApiErrors = CxoneErrors.AtUserInfo,
        };
    }
}
