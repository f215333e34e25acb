using System.Text;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Makes token responses by chance: some right, most of them wrong in a few places, as text or by their bytes.</summary>
internal sealed class GeneratedResponse(Random random)
{
    private static readonly string[] Statuses =
        ["200 OK", "200 OK", "200 OK", "200 OK", "201 Created", "204 No Content", "302 Found", "400 Bad Request", "401 Unauthorized",
        "403 Forbidden", "429 Too Many Requests", "500 Internal Server Error", "999 x"];

    private static readonly string[] Headers =
    [
        "Content-Type: application/json\r\n", "Content-Type: text/html; charset=x\r\n", "Content-Type: \u00FF\r\n", "Retry-After: -1\r\n",
            "Retry-After: 99999999999\r\n", "Date: x\r\n", "Content-Encoding: gzip\r\n",
        "Set-Cookie: a\r\n", "WWW-Authenticate: Negotiate\r\n", "Location: http://[\r\n", "ININ-Correlation-Id: ::error::x\r\n",
            "X-Folded: a\r\n b\r\n", "Connection: close\r\n", "Trailer: x\r\n",
    ];

    private static readonly string[] Keys =
    [
        "access_token", "access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token", "x_token", "client_secret",
            "instance_url", "error", "error_description", "code", "message", "\\u0061ccess_token", "", "\\n::error::x", "\\ud83d\\ude00",
    ];

    private static readonly string[] Texts =
    [
        Canary.Token.Value, "Bearer", "bearer", "DPoP", "", " ", "a", "short", "::add-mask::x", "\\n::error::x", "##vso[task.complete]",
            "\\u0000", "\\u001b[31m", "\\u202e", "\\ud800", "\\udc00\\ud800", "%0A", "eyJhbGciOiJub25lIn0..x", "a.b.c",
        "https://evil.example.com", "rate limit exceeded", "invalid_client", "3600", "1e400", "|<b>`", "\u00E9\u0301", "\\\"\\\\\\/",
    ];

    private static readonly string[] Values =
        ["3600", "-1", "0", "1e400", "99999999999999999999", "null", "true", "[]", "{}", "[[[[]]]]", "{\"error\":{\"code\":1}}", "1.5e-3"];

    /// <summary>A response over the wire.</summary>
    public byte[] Next()
    {
        var status = Pick(Statuses);
        // A token in a refusal is a row of another table.
        var body = Json(status.StartsWith('2') ? Canary.Token.Value : "no-token");
        if (random.Next(4) == 0)
        {
            body = Mutate(body);
        }

        var length = random.Next(8) == 0 ? "" : $"Content-Length: {body.Length}\r\n";
        var headers = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Headers)));
        byte[] response = [.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\n{headers}{length}\r\n"), .. body];
        return random.Next(6) == 0 ? Mutate(response) : response;
    }

    private byte[] Json(string token)
    {
        // Most of them begin right: what comes after a token is read by nobody else.
        var fields = Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Pick(Keys)}\":{Value()}");
        var start = random.Next(3) > 0
            ? [$"\"access_token\":\"{Canary.Token.Value}\"", "\"token_type\":\"Bearer\""]
            : Array.Empty<string>();
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', start.Concat(fields))}}}".Replace(Canary.Token.Value, token,
            StringComparison.Ordinal));
    }

    private string Value() => random.Next(5) switch
    {
        0 => Pick(Values),
        1 => $"\"{Pick(Texts)}{Pick(Texts)}\"",
        2 when random.Next(8) == 0 =>
            $"\"{new string((char)random.Next(' ', 'z'), random.Next(70_000)).Replace('"', 'x').Replace('\\', 'x')}\"",
        _ => $"\"{Pick(Texts)}\"",
    };

    private byte[] Mutate(byte[] bytes)
    {
        var changed = bytes.ToList();
        for (var times = 1 + random.Next(4); times > 0 && changed.Count > 0; times--)
        {
            var at = random.Next(changed.Count);
            switch (random.Next(4))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed.RemoveAt(at);
                    break;
                case 2:
                    changed.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    changed.RemoveRange(at, Math.Min(random.Next(20), changed.Count - at));
                    break;
            }
        }

        return [.. changed];
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
