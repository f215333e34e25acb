namespace Ccaas.Action.Providers;

/// <summary>Reads which tokens may be reused, and who may reuse the token of this run.</summary>
internal static class ReuseInputs
{
    public static ReusePolicy Read(InputReader inputs)
    {
        var cache = inputs.Text(Input.Cache) ?? "";
        var store = Store(cache);
        if (store is null && cache.ToLowerInvariant() is not ("job" or "off"))
        {
            inputs.Problems.Add(Input.Cache, $"'{inputs.Shown(Input.Cache)}' is not known; give job, off, or the address of a store "
                + "(azure-keyvault://VAULT/SECRET, aws-secretsmanager://REGION/SECRET).");
        }

        var isOff = cache.Equals("off", StringComparison.OrdinalIgnoreCase);
        var isRequired = inputs.Flag(Input.CacheRequired);
        if (isRequired && isOff)
        {
            inputs.Problems.Add(Input.CacheRequired, "asks for a cache, and cache is off; leave one of them out.");
        }

        return new ReusePolicy
        {
            // Also in front of a store: a machine uses it once, not in every step.
            JobCache = !isOff,
            Store = store,
            IsRequired = isRequired,
            Seal = inputs.Flag(Input.Seal),
            SealKey = SealKey(inputs),
            SealedToken = inputs.Text(Input.SealedToken),
        };
    }

    /// <summary>Whether a sealed token is given in place of credentials.</summary>
    public static bool StandInForCredentials(this ReusePolicy policy, InputReader inputs) =>
        policy is { SealedToken: not null, SealKey: not null } && !Input.All.Any(input => input.IsCredential && inputs.Given(input.Name));

    /// <summary>Checks that need the whole request.</summary>
    public static void Check(TokenRequest request, InputReader inputs)
    {
        RefuseWhatHurtsOthers(request, inputs.Problems);
        // Missing or wrong credentials are reported already.
        if (!request.HasKey && !Input.All.Any(input => input.IsCredential && inputs.Problems.Has(input.Name))
            && !inputs.Problems.Has(Input.SealKey))
        {
            RefuseWhatNeedsAKey(request, inputs);
        }
    }

    /// <summary>A token that is revoked at the end of this job must not be shared.</summary>
    private static void RefuseWhatHurtsOthers(TokenRequest request, InputProblems problems)
    {
        if (!request.Revoke)
        {
            return;
        }

        if (request.Reuse.Seal)
        {
            problems.Add(Input.Seal, "transfers the token to other jobs, and with revoke it would be revoked at the end of this one; "
                + "leave one of revoke and seal out.");
        }

        if (request.Reuse.SealedToken is not null)
        {
            problems.Add(Input.Revoke, "would revoke, at the end of this job, the token that other jobs received as well; leave one of "
                + "revoke and sealed-token out.");
        }

        if (request.Reuse.Store is not null)
        {
            problems.Add(Input.Revoke, "would revoke the token at the end of this job, while other machines use it out of the store; "
                + "leave one of revoke and the store in cache out.");
        }
    }

    private static void RefuseWhatNeedsAKey(TokenRequest request, InputReader inputs)
    {
        var policy = request.Reuse;
        (string Name, bool IsWanted)[] wanted =
        [
            (Input.Seal, policy.Seal),
            (Input.SealedToken, policy.SealedToken is not null),
            (Input.Cache, policy.Store is not null),
            (Input.CacheRequired, policy.IsRequired && policy.Store is null),
            // The runner prints the sealed state in its debug log; the command revoke saves none.
            (Input.Revoke, request.Revoke && !inputs.RevokesAtOnce),
        ];
        foreach (var (name, _) in wanted.Where(one => one.IsWanted))
        {
            inputs.Problems.Add(name, $"{KeyStrength.NoKey}.");
        }
    }

    private static Secret? SealKey(InputReader inputs)
    {
        if (inputs.Text(Input.SealKey) is not { } text)
        {
            return null;
        }

        if (SecretRule.Check(text) is { } wrong)
        {
            inputs.Problems.Add(Input.SealKey, wrong);
        }
        else if (!KeyStrength.IsEnough(new Secret(text)))
        {
            inputs.Problems.Add(Input.SealKey,
                "is too short, or does not look random, and could be guessed; make one with openssl rand -base64 32.");
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
