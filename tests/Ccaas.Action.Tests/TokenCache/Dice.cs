namespace Ccaas.Action.Tests.TokenCache;

/// <summary>Chance that is the same in every run: the generator xorshift64* of Marsaglia and Vigna.</summary>
internal sealed class Dice(int seed)
{
    private ulong _state = ((ulong)seed * 0x9e3779b97f4a7c15) + 0x2545f4914f6cdd1d;

    /// <summary>From 0 up to 1.</summary>
    public double Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (_state * 0x2545f4914f6cdd1d >> 11) / (double)(1UL << 53);
    }
}
