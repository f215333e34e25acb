using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers;

/// <summary>A vendor: data and small overrides, no HTTP. docs/architecture.md says what belongs here.</summary>
internal abstract class Provider
{
    /// <summary>The value of the <c>provider</c> input.</summary>
    public abstract string Name { get; }

    /// <summary>Reads this provider's inputs. What is wrong goes into the reader's problems; the plan is not used then.</summary>
    public abstract TokenPlan Plan(InputReader inputs);
}
