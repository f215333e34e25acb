namespace Ccaas.Action.Tests.TokenCache;

/// <summary>A store that takes 20 to 120 ms for every call, and does what it is asked at some moment in between.</summary>
internal sealed class SlowStore(TimeProvider time, Dice dice) : ISecretStore
{
    private string? _text;

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        Reads++;
        await SomeTimeAsync(cancellation);
        var text = _text;
        await SomeTimeAsync(cancellation);
        return text;
    }

    public async Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        Writes++;
        await SomeTimeAsync(cancellation);
        _text = text;
        await SomeTimeAsync(cancellation);
    }

    private Task SomeTimeAsync(CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(10 + (dice.Next() * 50)), time, cancellation);
}
