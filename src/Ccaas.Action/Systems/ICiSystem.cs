using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.Publishing;

namespace Ccaas.Action.Systems;

/// <summary>Where the program runs: the one place that knows how to log, mask, annotate and publish there.</summary>
internal interface ICiSystem : IRunLog, IMaskSink, IPublisher
{
    /// <summary>Why a secret that is stored may still arrive empty here, to follow a sentence; empty when nothing is known.</summary>
    string MissingSecretHint { get; }

    /// <summary>Finds what would keep the results from being handed on, before anything is asked of the network.</summary>
    void Check(InputReader inputs);
}
