using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.Http;

/// <summary>Full jitter: any part of a ceiling that doubles up to twenty seconds.</summary>
public sealed class BackoffTests
{
    private static Gen<double> Chance { get; } = Gen.Frequency(
        (1, Gen.Elements(0, double.Epsilon, Math.BitDecrement(1.0))),
        (9, Gen.Choose(0, 999_999).Select(millionths => millionths / 1e6)));

    [Fact]
    public void Wait_stays_below_its_ceiling() => Property.Holds(
        from retry in Gen.Choose(0, 40) from chance in Chance select (retry, chance),
        sample =>
        {
            var wait = new Backoff(() => sample.chance).Wait(sample.retry);

            Assert.True(wait >= TimeSpan.Zero);
            // A part of a tick short of the ceiling is rounded to it.
            Assert.True(wait.TotalSeconds < Math.Min(20, 0.5 * Math.Pow(2, sample.retry)) || sample.chance > 0.9999999, $"{wait}");
        });

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 20)]
    [InlineData(7, 20)]
    [InlineData(1000, 20)]
    public void Ceiling_doubles_and_ends(int retry, double seconds)
    {
        Assert.Equal(seconds / 2, new Backoff(() => 0.5).Wait(retry).TotalSeconds);
        Assert.Equal(TimeSpan.Zero, new Backoff(() => 0).Wait(retry));
    }

    [Fact]
    public void Wait_that_was_asked_for_is_never_shortened_and_only_lengthened_where_that_fits() => Property.Holds(
        from asked in Gen.Choose(1, 100_000) from left in Gen.Choose(1, 100_000) from chance in Chance select (asked, left, chance),
        sample =>
        {
            var (asked, left) = (TimeSpan.FromMilliseconds(sample.asked), TimeSpan.FromMilliseconds(sample.left));

            var wait = new Backoff(() => sample.chance).RetryAfterDelay(asked, left);

            Assert.InRange(wait, asked, asked + Backoff.First);
            Assert.True(wait < left || wait == asked);
        });
}
