using System.Text.RegularExpressions;
using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>AWS Secrets Manager, reached over HTTPS without a library of the vendor's: <see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/"/>.</summary>
internal sealed partial class SecretsManagerStoreKind : StoreKind
{
    public override string Scheme => "aws-secretsmanager";

    public override string Form => "aws-secretsmanager://REGION/SECRET";

    public override StorePlan? Plan(StoreAddress address, Surroundings surroundings, JobIdentity? identity, InputProblems problems)
    {
        // A double of AWS on this machine is in the region that AWS's tools take when none is given.
        var here = OnThisMachine(address.Place);
        var place = here is null ? address.Place : "us-east-1";
        var (isRegion, isName) = (Region().IsMatch(place), Name().IsMatch(address.Name));
        if (!isRegion)
        {
            problems.Add(InputNames.Cache, "the region after aws-secretsmanager:// is none of AWS's; write it as AWS does, like aws-secretsmanager://eu-central-1/SECRET.");
        }

        if (!isName)
        {
            problems.Add(InputNames.Cache, "the secret's name is not one that Secrets Manager takes: 1 to 512 letters, digits and /_+=.@-; write the name, like aws-secretsmanager://REGION/ci/contact-centre-token, and not the ARN.");
        }

        // An address is made of the region, so there is none to check when that is wrong.
        var addresses = new AwsAddresses(isRegion ? place : "region", here, surroundings, problems);
        var secretsManager = addresses.SecretsManager();
        var keys = AwsKeySources.First(surroundings, identity, addresses);
        return isRegion && isName && secretsManager is not null && keys is not null
            ? new SecretsManagerPlan(secretsManager, place, address.Name, keys)
            : null;
    }

    // eu-central-1, us-gov-west-1, cn-northwest-1: short enough for a part of a host's name.
    [GeneratedRegex(@"\A(?=.{3,40}\z)[a-z]+(-[a-z]+)+-[0-9]+\z")]
    private static partial Regex Region();

    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, Name
    [GeneratedRegex(@"\A[A-Za-z0-9/_+=.@-]{1,512}\z")]
    private static partial Regex Name();
}
