using Ccaas.Action.Foundation;

namespace Ccaas.Action.Tokens;

/// <summary>A short name for a list of texts: the first 128 bits of their SHA-256 digest, in hex. For names of files and the like; no secret goes in.</summary>
internal static class Digest
{
    public static string Of(IEnumerable<string> texts) => Convert.ToHexStringLower(Sha256.Hash(JoinedTexts.Of(texts)).AsSpan(0, 16));
}
