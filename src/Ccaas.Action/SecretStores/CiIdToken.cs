namespace Ccaas.Action.SecretStores;

/// <summary>A token that says which job this is, which the CI system makes when it is asked.</summary>
/// <param name="method">How it is asked.</param>
/// <param name="address">Where.</param>
/// <param name="bearer">What proves that the question comes out of the job.</param>
/// <param name="field">The field of the answer that holds the token.</param>
/// <param name="remedy">What to look at when it gives none.</param>
/// <param name="store">For which store; see <see cref="StorePlan.Shown"/>.</param>
internal sealed class CiIdToken(HttpMethod method, Uri address, Secret bearer, string field, string remedy, string store)
{
    public IReadOnlyList<Secret> Secrets => [bearer];

    /// <param name="identity">Where it is to be had.</param>
    /// <param name="audience">Who is to accept it.</param>
    /// <param name="store">For which store.</param>
    public static CiIdToken Of(CiIdTokenEndpoint identity, string audience, string store) => new(
        HttpMethod.Get, With(identity.Address, $"audience={Uri.EscapeDataString(audience)}"), identity.Bearer, "value",
        "check that the job may ask for one (in GitHub Actions: permissions: id-token: write).", store);

    public static Uri With(Uri address, string query) =>
        new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{query}" : query }.Uri;

    /// <returns>The token, masked already.</returns>
    /// <exception cref="FailureException">The CI system gives none.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Secret> AskAsync(StoreConnection connection, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, bearer.Reveal());
        if (method == HttpMethod.Post)
        {
            // Without it, Azure Pipelines answers a token that it does not accept by the way to its sign-in page.
            request.Headers.TryAddWithoutValidation("X-TFS-FedAuthRedirect", "Suppress");
            request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        var report = new AttemptInfo("Identity of the job") { MaxAttempts = StoreConnection.MaxAttempts };
        var reply = await connection.Http.SendAsync(request, report, cancellation);

        // Masked before the status is looked at: whatever it is, a token in the answer is one.
        var token = connection.Masked(JsonField.Text(reply.Body, field));
        return (reply, token) switch
        {
            ({ IsSuccess: true }, { }) => token,
            ({ IsSuccess: true }, null) => throw Failed($"{address.Host} was asked for this job's identity and responded with success, but without a token"),
            ({ Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.NotFound }, _) =>
                throw StoreFailures.Refused(store, Asked(reply), "the CI system gives no identity to this job.", remedy),
            _ => throw Failed(Asked(reply)),
        };
    }

    private string Asked(HttpReply reply) => $"cannot be used: {address.Host} was asked for this job's identity and responded with {AttemptLog.Status(reply.Status)}";

    private FailureException Failed(string message) => StoreFailures.Failed(store, message, "", $"run the job again; if it stays so, {remedy}");
}
