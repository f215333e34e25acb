namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>
/// Cause and remedy for each error of Microsoft Entra:
/// <see href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">AADSTS error codes</see>.
/// </summary>
internal sealed class EntraErrors(KeyVaultSecret secret, UntrustedText untrustedText)
{
    private const string Prefix = "AADSTS";

    /// <param name="response">The response.</param>
    /// <param name="host">Of the server.</param>
    /// <param name="assertion">The OIDC token that was sent; null: none.</param>
    public FailureException Explain(HttpReply response, string host, Secret? assertion)
    {
        var said = untrustedText.Clean(response.Error.Description ?? response.Error.Code).TrimEnd('.');
        var message = $"cannot be used: {host} responded to the request for a token with "
            + $"{AttemptLog.Status(response.Status)}{(said.Length > 0 ? $": {said}" : "")}";
        var number = Number(response.Error.Description);
        if (response.Status == HttpStatusCode.TooManyRequests)
        {
            return StoreFailures.Throttled(secret.Shown, message);
        }

        if (response.Status >= HttpStatusCode.InternalServerError || response.Status == HttpStatusCode.RequestTimeout)
        {
            return StoreFailures.Failed(secret.Shown, message, "Microsoft Entra has an outage, or a gateway in between does.",
                "look at Azure's status page; the next job tries again.");
        }

        if (number is null && response.Error.Code is null)
        {
            return StoreFailures.Failed(secret.Shown, message,
                "the address is not that of a directory (tenant), or a proxy responded instead.",
                "check AZURE_AUTHORITY_HOST, and whether this runner must pass a proxy.");
        }

        var (cause, remedy) = Meaning(number, assertion);
        return StoreFailures.Refused(secret.Shown, message, cause, remedy);
    }

    private (string Cause, string Remedy) Meaning(string? number, Secret? assertion) => number switch
    {
        "700016" => (
            "the application is not known in this tenant.",
            "check the client id (AZURE_CLIENT_ID: the application's id, not its object id) and that it is registered in the tenant that "
                + "is named (AZURE_TENANT_ID)."),
        "7000215" => (
            "the client secret is wrong or was replaced; or its id was stored instead of its value.",
            "create a new secret for the application, and store its value as AZURE_CLIENT_SECRET."),
        "7000222" => (
            "the client secret has expired.",
            "create a new secret for the application, and store its value as AZURE_CLIENT_SECRET; or use a federated credential, which "
                + "does not expire."),
        "70021" or "700211" or "700212" or "700213" => (
            "no federated credential of the application fits this job.",
            $"add one to the application with exactly these values: {Wanted(assertion)}."),
        "700024" => (
            "the job's identity has expired, or a clock is wrong.",
            "check this machine's clock, and that the program that writes the token's file renews it."),
        "90002" or "900023" => (
            "there is no such tenant, or it is in another cloud.",
            "check the tenant's id (AZURE_TENANT_ID), and AZURE_AUTHORITY_HOST where the tenant is not in the public cloud."),
        "500011" => (
            "the tenant does not know the Key Vaults of this cloud.",
            "check the vault's host in cache: its cloud must be the tenant's."),
        _ => (
            "the directory does not accept these credentials.",
            "look the code up at https://login.microsoftonline.com/error, and check the AZURE_… variables of this step."),
    };

    // The claims identify the job and are no secret; Entra compares them with the federated credential.
    private string Wanted(Secret? assertion) =>
        $"issuer '{Claim(assertion, "iss")}', subject '{Claim(assertion, "sub")}', audience '{Claim(assertion, "aud")}'";

    private string Claim(Secret? assertion, string name) =>
        untrustedText.Clean(IdTokenClaims.Read(assertion, name)) is { Length: > 0 } value ? value : "that of the job's token";

    private static string? Number(string? description)
    {
        if (description?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var digits = description.AsSpan(Prefix.Length);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return digits[..(length < 0 ? digits.Length : length)].ToString();
    }
}
