namespace Ccaas.Action.SecretStores;

/// <summary>An OIDC token that identifies this job. A cloud accepts it in place of a stored secret.</summary>
internal interface IIdTokenSource
{
    /// <summary>The secrets that are needed to request it, to be masked first.</summary>
    IReadOnlyList<Secret> Secrets { get; }

    /// <returns>The token, masked.</returns>
    /// <exception cref="FailureException">There is no token.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    Task<Secret> GetAsync(StoreConnection connection, CancellationToken cancellation);
}

/// <summary>The OIDC token that the CI system issues to a job on request.</summary>
/// <param name="method">GET or POST.</param>
/// <param name="address">The endpoint, with its query.</param>
/// <param name="bearer">Authenticates the request.</param>
/// <param name="field">The field of the JSON response that holds the token.</param>
/// <param name="remedy">What to check when the request is refused.</param>
/// <param name="store">See <see cref="StorePlan.Shown"/>.</param>
internal sealed class CiIdToken(HttpMethod method, Uri address, Secret bearer, string field, string remedy, string store) : IIdTokenSource
{
    public IReadOnlyList<Secret> Secrets => [bearer];

    /// <param name="endpoint">Of the CI system.</param>
    /// <param name="audience">The token's <c>aud</c>.</param>
    /// <param name="store">See <see cref="StorePlan.Shown"/>.</param>
    public static CiIdToken Of(CiIdTokenEndpoint endpoint, string audience, string store) => new(
        HttpMethod.Get, With(endpoint.Address, $"audience={Uri.EscapeDataString(audience)}"), endpoint.Bearer, "value",
        "check that the job may request one (in GitHub Actions: permissions: id-token: write).", store);

    public static Uri With(Uri address, string query) =>
        new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{query}" : query }.Uri;

    public async Task<Secret> GetAsync(StoreConnection connection, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, bearer.Reveal());
        if (method == HttpMethod.Post)
        {
            // Without it, Azure Pipelines redirects a request with an invalid token to its sign-in page.
            request.Headers.TryAddWithoutValidation("X-TFS-FedAuthRedirect", "Suppress");
            request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        var response = await connection.SendAsync(request, "Identity of the job", cancellation);

        // Masked before the status is checked: an error response may hold a token, too.
        var token = connection.Masked(JsonField.Text(response.Body, field));
        return (response, token) switch
        {
            ({ IsSuccess: true }, { }) => token,
            ({ IsSuccess: true }, null) => throw Failed($"{address.Host} responded to the request for this job's identity with success, "
                + "but without a token"),
            ({ Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.NotFound },
                _) =>
                throw StoreFailures.Refused(store, Responded(response), "the CI system issues no identity to this job.", remedy),
            _ => throw Failed(Responded(response)),
        };
    }

    private string Responded(HttpReply response) =>
        $"cannot be used: {address.Host} responded to the request for this job's identity with {AttemptLog.Status(response.Status)}";

    private FailureException Failed(string message) => StoreFailures.Failed(store, message, "", $"run the job again; if it fails again, "
        + $"{remedy}");
}

/// <summary>An OIDC token in a file that another program renews, so it is read when it is needed.</summary>
/// <param name="variable">The environment variable that names the file.</param>
/// <param name="path">The file.</param>
/// <param name="store">See <see cref="StorePlan.Shown"/>.</param>
internal sealed class IdTokenFile(string variable, string path, string store) : IIdTokenSource
{
    public IReadOnlyList<Secret> Secrets => [];

    public Task<Secret> GetAsync(StoreConnection connection, CancellationToken cancellation) => Task.FromResult(
        connection.Masked(connection.ReadSecret(path)?.Reveal()) ?? throw StoreFailures.Failed(
            store,
            $"cannot be used: the file that {variable} names cannot be read, or holds no token",
            "the file is not mounted where this step runs, such as in its container, or it is empty.",
            "check the path, and that this step may read the file; or unset the variable."));
}
