using System.Globalization;
using System.Text;

namespace Ccaas.Action.Inputs;

/// <summary>
/// What no input that is shown or sent as it stands may hold: characters that nobody sees, which a paste brings along, and
/// which can reorder what a reviewer reads.
/// </summary>
internal static class VisibleTextRule
{
    /// <param name="text">The input's value.</param>
    /// <param name="mayHaveLines">Whether line breaks and tabs are a part of it.</param>
    /// <returns>What is wrong, without the value; null when nothing is.</returns>
    public static string? Check(string text, bool mayHaveLines)
    {
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            position++;
            var isInvisible = Rune.GetUnicodeCategory(rune) is
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (isInvisible && !(mayHaveLines && (rune.Value is '\n' or '\r' or '\t')))
            {
                return $"holds a character that does not show (U+{rune.Value:X4}, at place {position}); type it again without.";
            }
        }

        return null;
    }
}
