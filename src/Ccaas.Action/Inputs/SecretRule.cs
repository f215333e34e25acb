using System.Text.RegularExpressions;

namespace Ccaas.Action.Inputs;

/// <summary>Recognises texts that stand where a secret should be but are none.</summary>
internal static partial class SecretRule
{
    /// <returns>What is wrong, without the value; null when the text can be a secret.</returns>
    public static string? Check(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001F'))
        {
            return "holds a line break or another control character in its middle; store the value alone, on one line.";
        }

        if (text.AsSpan().Trim('*').IsEmpty)
        {
            return "is asterisks: a masked value was copied from a log; store the real one.";
        }

        return UnresolvedReference().IsMatch(text)
            ? "is a reference that nothing has filled in, such as ${{ secrets.NAME }} or $(NAME); check the secret's name and that this job may read it."
            : null;
    }

    [GeneratedRegex(@"^(\$\{\{.*\}\}|\$\([\w.\-]+\)|\$\{?[A-Za-z_]\w*\}?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnresolvedReference();
}
