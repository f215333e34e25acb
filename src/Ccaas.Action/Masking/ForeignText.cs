using Ccaas.Action.Foundation;

namespace Ccaas.Action.Masking;

/// <summary>Text that a server sent or a person typed, made fit to show: secrets out first, while they are still whole, then one short harmless line.</summary>
internal sealed class ForeignText(Redactor redactor)
{
    public string Clean(string? text, int limit = PlainText.DefaultLimit) => PlainText.OneLine(redactor.Redact(text ?? ""), limit);
}
