using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>Asks for what leads to keys, and words what goes wrong with it.</summary>
/// <param name="connection">What the store is reached with.</param>
/// <param name="store">Which one, for people; see <see cref="StorePlan.Shown"/>.</param>
internal sealed class AwsQuestions(StoreConnection connection, string store)
{
    public StoreConnection Connection => connection;

    public string Store => store;

    /// <param name="request">What to send.</param>
    /// <param name="purpose">What it is, as the log names it.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <param name="attempts">Tries at most.</param>
    public Task<Result<HttpReply>> AskAsync(HttpRequestMessage request, string purpose, CancellationToken cancellation, int attempts = StoreConnection.MaxAttempts) =>
        connection.Http.SendAsync(request, new AttemptReport(purpose) { MaxAttempts = attempts }, cancellation);

    /// <summary>Masked before it is anything else.</summary>
    public Secret Masked(string text)
    {
        var secret = new Secret(text);
        connection.Masker.Mask(secret);
        return secret;
    }

    public Failure Refused(string happened, string cause, string remedy) => StoreFailures.Refused(store, happened, cause, remedy);

    public Failure Failed(string happened, string cause, string remedy) => StoreFailures.Failed(store, happened, cause, remedy);

    /// <returns>A vendor's code and message, fit to stand in a sentence: <c> (AccessDenied: no)</c>; empty when there is neither.</returns>
    public string Said(string? code, string? message)
    {
        var parts = new[] { connection.ForeignText.Clean(code, 80), connection.ForeignText.Clean(message).TrimEnd('.') }.Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? "" : $" ({string.Join(": ", parts)})";
    }
}
