using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores;

/// <summary>A kind of secret manager in which many machines share one entry. It knows how to name, reach and prove itself to it.</summary>
internal abstract class StoreKind
{
    /// <summary>How the input <c>cache</c> begins for it, without <c>://</c>.</summary>
    public abstract string Scheme { get; }

    /// <summary>How the address is written, for people: <c>azure-keyvault://VAULT/SECRET</c>.</summary>
    public abstract string Form { get; }

    /// <summary>
    /// Reads everything that is needed to use the store. What is wrong with the address goes into the problems of the input
    /// <c>cache</c>; missing credentials do not, because a store that cannot be used fails no step.
    /// </summary>
    /// <param name="address">What the input names.</param>
    /// <param name="surroundings">Where the vendor's own tools look for credentials.</param>
    /// <param name="identity">What the CI system offers in place of a stored secret; null: nothing.</param>
    /// <param name="problems">What is wrong with the inputs.</param>
    /// <returns>Null when the address is wrong.</returns>
    public abstract StorePlan? Plan(StoreAddress address, Surroundings surroundings, JobIdentity? identity, InputProblems problems);

    /// <returns>The address of a double of the vendor's service on this machine, which the input <c>cache</c> names by host and port; null when it names something else.</returns>
    // Plain http passes the rule for this machine alone.
    public static Uri? OnThisMachine(string place) =>
        EndpointRule.Check($"http://{place}", out var address) is null && address!.Authority.Equals(place, StringComparison.OrdinalIgnoreCase) ? address : null;
}
