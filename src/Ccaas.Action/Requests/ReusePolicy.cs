using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>Which tokens that are there already may be handed out, and who may use the one that is obtained.</summary>
internal sealed record ReusePolicy
{
    /// <summary>Nothing is reused and nothing kept.</summary>
    public static ReusePolicy None { get; } = new();

    /// <summary>Steps of one job share a token through a file.</summary>
    public bool JobCache { get; init; }

    /// <summary>Machines share one through a secret manager; null: they do not.</summary>
    public StoreAddress? Store { get; init; }

    /// <summary>A cache that cannot be used fails the step.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The token is also published sealed, for other jobs.</summary>
    public bool Seal { get; init; }

    /// <summary>What tokens are sealed with between jobs; null: the secrets of the request.</summary>
    public Secret? SealKey { get; init; }

    /// <summary>A token that another job has sealed; null: none.</summary>
    public string? SealedToken { get; init; }
}
