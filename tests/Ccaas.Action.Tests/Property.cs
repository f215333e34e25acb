using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests;

/// <summary>What must hold for every value that a generator makes. A failure names the value and the seed.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> values, System.Action<T> check, int tests = 200) =>
        Prop.ForAll(Arb.From(values), check).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    /// <summary>The same for every hostile text, which is made smaller by leaving parts of it out.</summary>
    public static void HoldsForAnyText(System.Action<string> check, int tests = 200) =>
        Prop.ForAll(Arb.From(HostileText.Any, Smaller), check).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    private static IEnumerable<string> Smaller(string text)
    {
        for (var part = text.Length / 2; part > 0; part /= 2)
        {
            for (var start = 0; start + part <= text.Length && start < 64 * part; start += part)
            {
                yield return text.Remove(start, part);
            }
        }
    }
}
