namespace Ccaas.Action.Tests.TokenCache;

/// <summary>A store with one text, which does what a test orders.</summary>
internal sealed class Shelf : ISecretStore
{
    public string? Text { get; set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public bool Hangs { get; set; }

    public System.Action<int> AtRead { get; set; } = _ => { };

    public FailureException? ReadFailure { get; set; }

    public FailureException? WriteFailure { get; set; }

    public Task<string?> ReadAsync(CancellationToken cancellation)
    {
        AtRead(++Reads);
        cancellation.ThrowIfCancellationRequested();
        return Hangs ? UntilAsync(cancellation) : ReadFailure is null ? Task.FromResult(Text) : throw ReadFailure;
    }

    private static Task<string?> UntilAsync(CancellationToken cancellation)
    {
        var never = new TaskCompletionSource<string?>();
        cancellation.Register(() => never.TrySetCanceled(cancellation));
        return never.Task;
    }

    public Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        Writes++;
        (Text, ExpiresAt) = WriteFailure is null ? (text, expiresAt) : throw WriteFailure;
        return Task.CompletedTask;
    }
}
