using Ccaas.Action.Foundation;

namespace Ccaas.Action.Publishing;

/// <summary>The CI system's way to hand values to later steps.</summary>
internal interface IPublisher
{
    /// <summary>Writes all of it or, where that fails, takes back what was begun. Not to be interrupted.</summary>
    /// <returns>The failure, or null.</returns>
    Failure? Publish(Publication publication);

    /// <summary>Tells people why nothing was handed on.</summary>
    void Report(Failure failure);
}
