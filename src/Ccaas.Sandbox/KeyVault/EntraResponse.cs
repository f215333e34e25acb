using System.Globalization;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>The directory's words for a refusal, which begin with a number that people search for.</summary>
internal static class EntraResponse
{
    public static Response Error(int status, string error, int number, string message, DateTimeOffset now)
    {
        var trace = Guid.NewGuid().ToString();
        var correlation = Guid.NewGuid().ToString();
        var time = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        // No WWW-Authenticate on a 401: the directory sends none.
        return Response.Json(status, new
        {
            error,
            error_description = $"AADSTS{number}: {message} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            error_codes = new[] { number },
            timestamp = time,
            trace_id = trace,
            correlation_id = correlation,
        }).With("Cache-Control", "no-store, no-cache");
    }

    public static Response Token(string token, int seconds) => OAuthResponse.Token(new
    {
        token_type = "Bearer",
        expires_in = seconds,
        ext_expires_in = seconds,
        access_token = token,
    });
}
