namespace Ccaas.Action.Masking;

/// <summary>The CI system's way to make a text invisible in everything that is logged from now on.</summary>
internal interface IMaskSink
{
    /// <summary>Returns only when the masks have left this process.</summary>
    void Mask(IReadOnlyList<string> forms);
}
