namespace Ccaas.Sandbox.OAuth;

/// <summary>Why a request is turned down, with the codes of RFC 6749 section 5.2. Each vendor puts it into its own shape.</summary>
internal sealed record Refusal(int Status, string Error, string Description)
{
    public static Refusal InvalidRequest(string description) => new(400, "invalid_request", description);

    public static Refusal InvalidClient(string description) => new(401, "invalid_client", description);
}
