namespace Ccaas.Action.Tests;

/// <summary>A place that knows no masks, as a terminal.</summary>
internal sealed class NoMasks : IMaskSink
{
    public void Mask(IReadOnlyList<string> forms)
    {
    }
}
