using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers;

/// <summary>Reads which tokens may be reused, and who may use the one that is obtained.</summary>
internal static class ReuseInputs
{
    /// <summary>
    /// A sealed token lies open, and the derivation of the key costs an attacker nothing; so a key must be too long to be
    /// guessed. 32 characters of base64 hold 192 bits.
    /// </summary>
    private const int ShortestSealKey = 32;

    /// <summary>What vendors make up as secrets is longer; what a person made up should not be sealed with.</summary>
    private const int ShortestSecret = 16;

    public static ReusePolicy Read(InputReader inputs)
    {
        var cache = inputs.Text(InputNames.Cache) ?? "";
        var store = Store(cache);
        if (store is null && cache.ToLowerInvariant() is not ("job" or "off"))
        {
            inputs.Problems.Add(InputNames.Cache, $"'{inputs.Shown(InputNames.Cache)}' is not known; give job, off, or the address of a store (azure-keyvault://VAULT/SECRET, aws-secretsmanager://REGION/SECRET).");
        }

        var isOff = cache.Equals("off", StringComparison.OrdinalIgnoreCase);
        var isRequired = inputs.Flag(InputNames.CacheRequired);
        if (isRequired && isOff)
        {
            inputs.Problems.Add(InputNames.CacheRequired, "asks for a cache, and cache is off; leave one of them out.");
        }

        return new ReusePolicy
        {
            // A store is asked once by a machine, not once by every step.
            JobCache = !isOff,
            Store = store,
            IsRequired = isRequired,
            Seal = inputs.Flag(InputNames.Seal),
            SealKey = SealKey(inputs),
            SealedToken = inputs.Text(InputNames.SealedToken),
        };
    }

    /// <summary>Whether a sealed token is given in place of credentials.</summary>
    public static bool StandInForCredentials(this ReusePolicy policy, InputReader inputs) =>
        policy is { SealedToken: not null, SealKey: not null } && !InputCatalog.All.Any(input => input.IsCredential && inputs.Given(input.Name));

    /// <summary>What only the whole request tells.</summary>
    public static void Check(TokenRequest request, InputReader inputs)
    {
        var (policy, problems) = (request.Reuse, inputs.Problems);
        if (policy.Seal && request.Revoke)
        {
            problems.Add(InputNames.Seal, "hands the token to other jobs, and with revoke it would be taken back at the end of this one; leave revoke out here, and give it to the last job that uses the token.");
        }

        if (policy.Seal && policy.SealKey is null && request.Secrets.Sum(secret => secret.Reveal().Length) is > 0 and < ShortestSecret)
        {
            problems.Add(InputNames.Seal, $"would seal with a secret of fewer than {ShortestSecret} characters, which could be guessed; give a longer one in seal-key (openssl rand -base64 32).");
        }

        if (policy.Store is not null && request.Revoke)
        {
            problems.Add(InputNames.Revoke, "would take the token back at the end of this job, while other machines use it out of the store; leave one of revoke and the store in cache out.");
        }
    }

    private static Secret? SealKey(InputReader inputs)
    {
        if (inputs.Text(InputNames.SealKey) is not { } text)
        {
            return null;
        }

        if (SecretRule.Check(text) is { } wrong)
        {
            inputs.Problems.Add(InputNames.SealKey, wrong);
        }
        else if (text.Length < ShortestSealKey)
        {
            inputs.Problems.Add(InputNames.SealKey, $"has fewer than {ShortestSealKey} characters, and could be guessed; make one with openssl rand -base64 32.");
        }

        return new Secret(text);
    }

    private static StoreAddress? Store(string text)
    {
        if (text.Split("://", 2) is not [{ Length: > 0 } scheme, var rest])
        {
            return null;
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return new StoreAddress(scheme.ToLowerInvariant(), slash < 0 ? rest : rest[..slash], slash < 0 ? "" : rest[(slash + 1)..]);
    }
}
