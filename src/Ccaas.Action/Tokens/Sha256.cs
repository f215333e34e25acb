using System.Buffers.Binary;
using System.Numerics;

namespace Ccaas.Action.Tokens;

/// <summary>
/// SHA-256 (FIPS 180-4) for the fingerprint that people compare, and for nothing that protects anything. The framework's own
/// would load OpenSSL, which costs a run that needs no TLS a third of its time and memory (docs/decisions/0008-own-sha256.md).
/// A test holds it against the framework's.
/// </summary>
internal static class Sha256
{
    private const int BlockSize = 64;

    // The fractional parts of the square and cube roots of the first primes, as the standard has them (§4.2.2, §5.3.3).
    private static readonly uint[] Primes = [.. FirstPrimes(64)];
    private static readonly uint[] Initial = [.. Primes[..8].Select(prime => Fraction(Math.Sqrt(prime)))];
    private static readonly uint[] Constants = [.. Primes.Select(prime => Fraction(Math.Cbrt(prime)))];

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        // The message, a one bit, zeros, and the length in bits, filled up to whole blocks (§5.1.1).
        var padded = new byte[(data.Length + 8 + BlockSize) / BlockSize * BlockSize];
        data.CopyTo(padded);
        padded[data.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(padded.AsSpan(padded.Length - 8), data.Length * 8L);

        var state = Initial.ToArray();
        for (var start = 0; start < padded.Length; start += BlockSize)
        {
            Compress(state, padded.AsSpan(start, BlockSize));
        }

        var digest = new byte[32];
        for (var i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(i * 4), state[i]);
        }

        return digest;
    }

    /// <summary>§6.2.2, with the standard's names for the working variables.</summary>
    private static void Compress(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (var t = 0; t < 64; t++)
        {
            w[t] = t < 16
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(t * 4)..])
                : Sigma(w[t - 2], 17, 19, 10) + w[t - 7] + Sigma(w[t - 15], 7, 18, 3) + w[t - 16];
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var t = 0; t < 64; t++)
        {
            var t1 = h + Sum(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + Constants[t] + w[t];
            var t2 = Sum(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        uint[] worked = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < worked.Length; i++)
        {
            state[i] += worked[i];
        }
    }

    private static uint Sum(uint x, int first, int second, int third) =>
        BitOperations.RotateRight(x, first) ^ BitOperations.RotateRight(x, second) ^ BitOperations.RotateRight(x, third);

    private static uint Sigma(uint x, int first, int second, int shift) =>
        BitOperations.RotateRight(x, first) ^ BitOperations.RotateRight(x, second) ^ (x >> shift);

    private static uint Fraction(double root) => (uint)((root - Math.Floor(root)) * 4294967296.0);

    private static IEnumerable<uint> FirstPrimes(int count)
    {
        for (uint candidate = 2; count > 0; candidate++)
        {
            if (!Enumerable.Range(2, (int)Math.Sqrt(candidate) - 1).Any(divisor => candidate % divisor == 0))
            {
                count--;
                yield return candidate;
            }
        }
    }
}
