namespace Ccaas.Action.TokenCache;

/// <summary>Seals tokens for one use, and opens them again. The same format for the job's cache, for other jobs, and for stores.</summary>
internal sealed class TokenSeal
{
    private readonly TokenRequest _request;
    private readonly TokenSource _source;
    private readonly TimeSpan _clockSkew;
    private readonly TimeProvider _time;
    private readonly Lazy<SealingKey> _key;

    private readonly JobRun? _run;

    private TokenSeal(TokenRequest request, TokenSource source, TimeSpan clockSkew, TimeProvider time, IEnumerable<Secret> secrets, JobRun? run, params IEnumerable<string> identity)
    {
        _request = request;
        _source = source;
        _clockSkew = clockSkew;
        _time = time;
        _run = run;
        var use = source.ToString().ToLowerInvariant();
        Audience = $"ccaas-token:{use}";
        _key = new Lazy<SealingKey>(() => SealingKey.Derive(secrets, $"{use} token", identity));
    }

    /// <summary>For which use what is sealed is meant (<c>aud</c>, RFC 7519 §4.1.3).</summary>
    public string Audience { get; }

    /// <summary>For the steps of one job: whoever has the same secrets and asks for the same.</summary>
    public static TokenSeal ForJob(TokenRequest request, TimeProvider time) =>
        new(request, TokenSource.Cache, ClockSkew.OneMachine, time, request.KeySecrets, run: null, request.Plan.Identity);

    /// <summary>For many machines, the same; runs share it.</summary>
    public static TokenSeal ForStore(TokenRequest request, TimeProvider time) =>
        new(request, TokenSource.Store, ClockSkew.TwoMachines, time, request.KeySecrets, run: null, request.Plan.Identity);

    /// <summary>
    /// For another job of the run. It may have no credentials, and then not know who asked; so the key is made of the secret
    /// alone, and everything that is known on both sides is compared.
    /// </summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="run">The run; null: none is known, as on a terminal.</param>
    /// <param name="time">The clock.</param>
    public static TokenSeal ForTransfer(TokenRequest request, JobRun? run, TimeProvider time) =>
        new(request, TokenSource.Sealed, ClockSkew.TwoMachines, time, request.Reuse.SealKey is { } key ? [key] : request.KeySecrets, run);

    /// <summary>For tests of what is sealed.</summary>
    internal SealingKey Key => _key.Value;

    /// <returns>Null when it is not known how long the token lasts.</returns>
    public string? Seal(CachedToken cached) => TokenClaims.Write(cached, _request, Audience, Known) is { } claims ? SealedText.Seal(Key, claims) : null;

    public UnsealResult Open(string text)
    {
        if (SealedText.KeyId(text) is not { } id)
        {
            return new UnsealResult(null, "is no sealed token of this version");
        }

        if (id != Key.Id)
        {
            return new UnsealResult(null, _source == TokenSource.Sealed ? "was sealed with another secret" : "was sealed with another secret, or for other inputs");
        }

        if (SealedText.Open(Key, text) is not { } claims)
        {
            return new UnsealResult(null, "was damaged or changed");
        }

        var unsealed = TokenClaims.Read(claims, _request, Audience, Known, _source, _time);
        return unsealed.Token?.Issued.Token.Lifetime is { } lifetime && ClockSkew.Check(lifetime, _clockSkew, _request.MinimumValidity, _time) is { } why ? new UnsealResult(null, why) : unsealed;
    }

    // Without credentials nobody knows who asked: what is not known is neither claimed nor compared.
    private IEnumerable<Trait> Known =>
    [
        .. _request.Plan.Target,
        .. _request.HasCredentials ? Requester(_request.Plan) : [],
        .. _run?.Traits ?? [],
    ];

    // The other fields may hold what a person takes for no secret, and so are told by their digest.
    private static Trait[] Requester(TokenPlan plan) =>
    [
        new("client_id", "client id", plan.Client?.Id ?? ""),
        new("grant", "user, grant type or parameters", Digest.Of(plan.Grant.Fields.Select(field => $"{field.Name}={field.Text}"))),
    ];
}

/// <summary>What came of opening a sealed token.</summary>
/// <param name="Token">The token; null when it cannot be used.</param>
/// <param name="Why">Then why not, to follow the name of what was opened.</param>
internal sealed record UnsealResult(CachedToken? Token, string Why);
