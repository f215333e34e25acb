using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.Publishing;

namespace Ccaas.Action.Systems;

/// <summary>Where the program runs: the one place that knows how to log, mask, annotate and publish there.</summary>
internal interface ICiSystem : IRunLog, IMaskSink, IPublisher
{
    /// <summary>Finds what would keep the results from being handed on, before anything is asked of the network.</summary>
    void Check(InputReader inputs);
}
