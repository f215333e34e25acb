using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests;

/// <summary>What must hold for every value that a generator makes. A failure names the value, made smaller, and the seed.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> values, System.Action<T> check, int tests = 200) =>
        Prop.ForAll(Arb.From(values), check).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    /// <summary>Texts are made smaller by leaving parts of them out.</summary>
    public static void Holds(Gen<string> texts, System.Action<string> check, int tests = 200) =>
        Prop.ForAll(Arb.From(texts, Smaller), check).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

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
