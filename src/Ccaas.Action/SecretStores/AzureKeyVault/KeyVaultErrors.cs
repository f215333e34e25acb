namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>
/// Cause and remedy for each error of a vault:
/// <see href="https://learn.microsoft.com/azure/key-vault/general/rest-error-codes">error codes</see>.
/// </summary>
internal sealed class KeyVaultErrors(KeyVaultSecret secret, UntrustedText untrustedText)
{
    private string Shown => secret.Shown;

    public FailureException ToRead(HttpReply response) =>
        Explain(response, "read", "Key Vault Secrets User (to write as well: Key Vault Secrets Officer)", "get");

    public FailureException ToWrite(HttpReply response) =>
        Explain(response, "written", "Key Vault Secrets Officer (Key Vault Secrets User is enough to read only)", "set");

    public FailureException TooLong(int length) => StoreFailures.Failed(
        Shown,
        $"cannot be written: the sealed token has {length} characters, and the limit of a Key Vault is {KeyVaultStore.LongestValue}",
        "",
        "use another store for this client, or none; its tokens are too long for a Key Vault.");

    public FailureException InvalidResponse(HttpReply response) => StoreFailures.Failed(
        Shown,
        $"cannot be read: {secret.Vault.Host} responded with success, but its body "
            + $"({untrustedText.Clean(response.ContentType ?? "no content type", 60)}, {response.Body.Length} bytes) holds no secret",
        "the address is not a Key Vault's, or a proxy or a sign-in page responded instead.",
        "check the vault's name in cache, and whether this runner must pass a proxy.");

    private FailureException Explain(HttpReply response, string what, string role, string permission)
    {
        var inner = InnerCode(response.Body);
        var message = $"cannot be {what}: {secret.Vault.Host} responded with {AttemptLog.Status(response.Status)}{Said(response, inner)}";
        return (response.Status, inner) switch
        {
            (HttpStatusCode.TooManyRequests, _) => StoreFailures.Throttled(Shown, message),
            (HttpStatusCode.Unauthorized, _) => StoreFailures.Refused(
                Shown, message,
                "the vault trusts another directory (tenant) than the one that issued the token, or is in another cloud.",
                "check that the tenant is the vault's own (az keyvault show --query properties.tenantId), and write the vault's whole "
                    + "host in cache if it is not in the public cloud."),
            (HttpStatusCode.Forbidden, "SecretDisabled") => StoreFailures.Refused(
                Shown, message,
                "somebody disabled the secret.",
                $"enable it again: az keyvault secret set-attributes --vault-name {secret.VaultName} --name {secret.Name} --enabled true"),
            (HttpStatusCode.Forbidden, "ForbiddenByFirewall" or "ForbiddenByConnection") => StoreFailures.Refused(
                Shown, message,
                "the vault's firewall does not allow this runner's address.",
                "allow the runner's address or network in the vault's firewall, or run the job where the vault's private endpoint is; "
                    + "hosted runners have no fixed address."),
            (HttpStatusCode.Forbidden, _) => StoreFailures.Refused(
                Shown, message,
                "the identity of this step lacks the role, or got it a few minutes ago; or the vault's firewall blocks this runner.",
                $"assign the role {role} on the vault to that identity; where the vault has access policies instead of roles, the secret "
                    + $"permission {permission}."),
            (HttpStatusCode.Conflict, "ObjectIsDeletedButRecoverable") => StoreFailures.Deleted(
                Shown, message,
                $"recover it: az keyvault secret recover {Named}; or purge it, if the vault's purge protection allows it: az keyvault "
                    + $"secret purge {Named}; or use another name in cache."),
            (HttpStatusCode.Conflict, "ObjectIsBeingDeleted" or "ObjectIsBeingRecovered") => StoreFailures.Deleted(
                Shown, message,
                $"run the job again in a minute; then, if it is still deleted: az keyvault secret recover {Named}"),
            (HttpStatusCode.Conflict, _) => StoreFailures.Failed(
                Shown, message,
                "another job wrote it at the same moment.",
                "nothing, if this is rare: the next job writes it."),
            (HttpStatusCode.BadRequest, _) => StoreFailures.Failed(
                Shown, message,
                "the vault did not understand the request.",
                "check the address in cache; if it is right, report this as a bug."),
            ( >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout, _) => StoreFailures.Failed(
                Shown, message,
                "Azure has an outage, or a gateway in between does.",
                "check Azure's status page; the next job tries again."),
            _ => StoreFailures.Failed(
                Shown, message,
                "the address is not a Key Vault's, or a proxy responded instead.",
                "check the vault's name in cache, and whether this runner must pass a proxy."),
        };
    }

    private string Named => $"--vault-name {secret.VaultName} --name {secret.Name}";

    // The inner code has the reason; the outer one repeats the status.
    private string Said(HttpReply response, string? inner) =>
        (untrustedText.Clean(inner ?? response.Error.Code, 60), untrustedText.Clean(response.Error.Description).TrimEnd('.')) switch
        {
            ("", "") => "",
            (var code, "") => $": {code}",
            ("", var description) => $": {description}",
            var (code, description) => $": {code}, {description}",
        };

    private static string? InnerCode(ReadOnlyMemory<byte> body) => JsonField.Read(body, root =>
        Object(root, "error") is { } error && Object(error, "innererror") is { } inner ? JsonField.Text(inner, "code") : null);

    private static JsonElement? Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
