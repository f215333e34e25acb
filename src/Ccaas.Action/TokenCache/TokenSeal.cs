namespace Ccaas.Action.TokenCache;

/// <summary>Seals and opens tokens for one use: the job's cache, other jobs, or stores. All have the same format.</summary>
internal sealed class TokenSeal
{
    private readonly TokenRequest _request;
    private readonly TokenSource _source;
    private readonly TimeSpan _clockSkew;
    private readonly TimeProvider _time;
    private readonly Lazy<SealingKey> _key;

    private readonly JobRun? _run;

    private TokenSeal(TokenRequest request, TokenSource source, TimeSpan clockSkew, TimeProvider time, IEnumerable<Secret> secrets,
        JobRun? run, params IEnumerable<string> identity)
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

    /// <summary>The use, as audience (<c>aud</c>, RFC 7519 §4.1.3).</summary>
    public string Audience { get; }

    /// <summary>For the steps of one job with the same secrets and the same request.</summary>
    public static TokenSeal ForJob(TokenRequest request, TimeProvider time) =>
        new(request, TokenSource.Cache, ClockSkew.OneMachine, time, request.KeySecrets, run: null, request.Plan.Identity);

    /// <summary>For many machines and runs with the same secrets and the same request.</summary>
    public static TokenSeal ForStore(TokenRequest request, TimeProvider time) =>
        new(request, TokenSource.Store, ClockSkew.TwoMachines, time, request.KeySecrets, run: null, request.Plan.Identity);

    /// <summary>
    /// For another job of the run. It may have no credentials, and then does not know the client. So the key is derived from the secret
    /// only, and everything that both sides know is compared.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="run">The run; null when it is not known, as on a terminal.</param>
    /// <param name="time">The clock.</param>
    public static TokenSeal ForTransfer(TokenRequest request, JobRun? run, TimeProvider time) =>
        new(request, TokenSource.Sealed, ClockSkew.TwoMachines, time, request.Reuse.SealKey is { } key ? [key] : request.KeySecrets, run);

    /// <summary>For tests.</summary>
    internal SealingKey Key => _key.Value;

    /// <returns>Null when the token's lifetime is not known.</returns>
    public string? Seal(CachedToken cached) => TokenClaims.Write(cached, _request, Audience, Known) is { } claims
        ? SealedText.Seal(Key, claims)
        : null;

    public UnsealResult Open(string text)
    {
        if (SealedText.KeyId(text) is not { } id)
        {
            return new UnsealResult(null, "is no sealed token of this version");
        }

        if (id != Key.Id)
        {
            return new UnsealResult(null, _source == TokenSource.Sealed ? "was sealed with another secret" : "was sealed with another "
                + "secret, or for other inputs");
        }

        if (SealedText.Open(Key, text) is not { } claims)
        {
            return new UnsealResult(null, "was damaged or changed");
        }

        var unsealed = TokenClaims.Read(claims, _request, Audience, Known, _source, _time);
        return unsealed.Token?.Issued.Token.Lifetime is { } lifetime
            && ClockSkew.Check(lifetime, _clockSkew, _request.MinimumValidity, _time) is { } why ? new UnsealResult(null, why) : unsealed;
    }

    // Without credentials the client is not known: it is then neither written nor compared.
    private IEnumerable<Trait> Known =>
    [
        .. _request.Plan.Target,
        .. _request.HasCredentials ? Requester(_request.Plan) : [],
        .. _run?.Traits ?? [],
    ];

    // The other fields may contain confidential values, so only their digest is written.
    private static Trait[] Requester(TokenPlan plan) =>
    [
        new("client_id", "client id", plan.Client?.Id ?? ""),
        new("grant", "user, grant type or parameters", Digest.Of(plan.Grant.Fields.Select(field => $"{field.Name}={field.Text}"))),
    ];
}

/// <summary>The result of opening a sealed token.</summary>
/// <param name="Token">The token; null if it cannot be used.</param>
/// <param name="Why">The reason, following the name of the sealed token.</param>
internal sealed record UnsealResult(CachedToken? Token, string Why);
