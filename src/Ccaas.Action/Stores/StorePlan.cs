using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores;

/// <summary>A store with everything that is needed to use it, read before the first byte goes out.</summary>
internal abstract class StorePlan
{
    /// <summary>Which entry of which store, for people: <c>the secret ci-token of the Key Vault contoso</c>.</summary>
    public abstract string Shown { get; }

    /// <summary>What proves this side to the store, to be masked before anything else is said.</summary>
    public abstract IReadOnlyList<Secret> Secrets { get; }

    public abstract ITokenStore Open(StoreConnection connection);
}
