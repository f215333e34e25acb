using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.OAuth;

public sealed class Sha256Tests
{
    [Fact]
    public void Digest_is_the_standards_example() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            Convert.ToHexStringLower(Sha256.Hash(Encoding.ASCII.GetBytes("abc"))));

    [Fact]
    public void Digest_is_the_frameworks_at_every_length_around_the_block_boundaries()
    {
        for (var length = 0; length <= 200; length++)
        {
            var data = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
            Assert.Equal(SHA256.HashData(data), Sha256.Hash(data));
        }
    }

    [Fact]
    public void Digest_is_the_frameworks_for_any_content() =>
        Prop.ForAll<byte[]>(data => SHA256.HashData(data ?? []).AsSpan().SequenceEqual(Sha256.Hash(data ?? []))).QuickCheckThrowOnFailure();
}
