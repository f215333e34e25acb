using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;
using Ccaas.Action.Sealing;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Reuse;

/// <summary>Seals tokens for one use, and opens them again. The same format for the job's cache, for other jobs, and for stores.</summary>
internal sealed class TokenSeal
{
    private readonly TokenRequest _request;
    private readonly TokenSource _source;
    private readonly TimeSpan _margin;
    private readonly TimeProvider _time;
    private readonly Lazy<SealingKey> _key;

    private TokenSeal(TokenRequest request, TokenSource source, TimeSpan margin, TimeProvider time, IEnumerable<Secret> secrets, params IEnumerable<string> identity)
    {
        _request = request;
        _source = source;
        _margin = margin;
        _time = time;
        var use = $"{source.ToString().ToLowerInvariant()} token";
        List<string> who = [.. identity];
        Audience = $"ccaas-token:{source.ToString().ToLowerInvariant()}:{Digest.Of(who)}";
        _key = new Lazy<SealingKey>(() => SealingKey.Derive(secrets, use, who));
    }

    /// <summary>For whom what is sealed is meant (<c>aud</c>, RFC 7519 §4.1.3): one use, and one kind of request.</summary>
    public string Audience { get; }

    /// <summary>For the steps of one job: whoever has the same secrets and asks for the same.</summary>
    public static TokenSeal ForJob(TokenRequest request, TimeProvider time) =>
        new(request, TokenSource.Cache, Margin.OneMachine, time, request.Secrets, request.Plan.Identity);

    /// <summary>For many machines, the same.</summary>
    public static TokenSeal ForStore(TokenRequest request, TimeProvider time) =>
        new(request, TokenSource.Store, Margin.TwoMachines, time, request.Secrets, request.Plan.Identity);

    /// <summary>For another job. It may have no credentials at all, and so who asks does not count, only for what.</summary>
    public static TokenSeal ForHandOver(TokenRequest request, TimeProvider time) =>
        new(request, TokenSource.Sealed, Margin.TwoMachines, time, request.Reuse.SealKey is { } key ? [key] : request.Secrets, request.Plan.Target);

    /// <summary>For what is sealed beside tokens for the same use.</summary>
    public SealingKey Key => _key.Value;

    /// <returns>Null when it is not known how long the token lasts.</returns>
    public string? Seal(HeldToken held) => TokenClaims.Write(held, _request.Plan, Audience) is { } claims ? SealedText.Seal(Key, claims) : null;

    public Opening Open(string text)
    {
        if (SealedText.KeyId(text) is not { } id)
        {
            return new Opening(null, "is no sealed token of this version");
        }

        if (id != Key.Id)
        {
            return new Opening(null, "was sealed with another secret, or for other inputs");
        }

        if (SealedText.Open(Key, text) is not { } claims)
        {
            return new Opening(null, "was damaged or changed");
        }

        if (TokenClaims.Read(claims, _request.Plan, Audience, _source, _time) is not { Issued.Token.Lifetime: { } lifetime } held)
        {
            return new Opening(null, "was sealed for another use");
        }

        return Margin.Check(lifetime, _margin, _request.MinimumValidity, _time) is { } why ? new Opening(null, why) : new Opening(held, "");
    }
}
