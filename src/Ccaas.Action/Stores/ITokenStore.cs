using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores;

/// <summary>One entry of a store. It knows nothing of tokens: the text is sealed before it comes here.</summary>
internal interface ITokenStore
{
    /// <returns>The text that was written last, or the failure.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    Task<Result<StoredText>> ReadAsync(CancellationToken cancellation);

    /// <summary>Puts a text in place of the last one, whole or not at all.</summary>
    /// <param name="text">What is kept.</param>
    /// <param name="expiresAt">When it is of no use any more, for stores that know such an attribute; UTC.</param>
    /// <param name="cancellation">Cancelled when the job is.</param>
    /// <returns>The failure, or null.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    Task<Failure?> WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation);
}
