using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Genesys;

/// <summary>The login host's words for a refusal.</summary>
internal static class GenesysLoginResponse
{
    /// <summary>The text is sent twice: once under the vendor's own name, once under the RFC's.</summary>
    public static Response Error(Refusal refusal) => OAuthResponse.Error(
        refusal, new { error = refusal.Error, description = refusal.Description, error_description = refusal.Description });
}
