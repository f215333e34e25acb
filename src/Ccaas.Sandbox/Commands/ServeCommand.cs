using System.Net;

namespace Ccaas.Sandbox.Commands;

/// <summary>Runs the sandbox for other processes until it is stopped.</summary>
internal static class ServeCommand
{
    private const string SecretVariable = "CCAAS_SANDBOX_CLIENT_SECRET";
    private const string DefaultSecret = "sandbox-secret";
    private const string AccessKeySecretVariable = "CCAAS_SANDBOX_ACCESS_KEY_SECRET";
    private const string DefaultAccessKeySecret = "sandbox-access-key";
    private const string DefaultAccessKeyId = "sandbox-access-key-id";
    private const string DefaultAccount = "sandbox-account";
    private const string DefaultClientId = "5a4db0c5-0000-4000-8000-00000000c11e";
    private const string OrganizationId = "5a4db0c5-0000-4000-8000-000000000a11";
    private const string DefaultOrganization = "Sandbox Organization";
    private const int CouldNotListen = 7;

    public const string Help = $"""
        ccaas-sandbox serve [options]

          --host IP                 address to listen on; 127.0.0.1. On any other, others reach it too.
          --http-port N             0: any free one, which is the default
          --https-port N            0: any free one, which is the default
          --ca-file PATH            write the certificate authority of the https port there, as PEM
          --client-id ID            the one client that it knows; {DefaultClientId}
          --organization-name NAME  the client's organization; "{DefaultOrganization}"
          --access-key-id ID        the client's access key, for NICE CXone; {DefaultAccessKeyId}
          --account NAME            the client's account, for Zoom; {DefaultAccount}
          --token-lifetime SECONDS  86400, a day
          --control                 take orders for faults at POST /_sandbox/faults, and show what arrived
                                    at GET /_sandbox/requests (DELETE forgets it)

        The client's secret is {DefaultSecret}, or what {SecretVariable} holds.
        The access key's secret is {DefaultAccessKeySecret}, or what {AccessKeySecretVariable} holds.

        It behaves like Genesys Cloud, and under a path of their own like NICE CXone, any OAuth 2.0 server, Zoom, Talkdesk
        and Salesforce. Where each of them issues tokens, and its base address with it, is in the lines that it prints.

        A line that says "ready" comes when it accepts requests. It ends with exit code 0 on SIGINT (Ctrl+C) and SIGTERM.
        A fault, as it is ordered, with the path's beginning and a count that may both be left out:

          curl -d '[{"{"}"path":"/oauth/token","kind":"status","status":503,"times":2{"}"}]' http://127.0.0.1:PORT/_sandbox/faults

        Kinds: none; status (status, body, contentType, headers); body (body, contentType); rate-limited-400;
        api-error (status, code, message); retry-after (status, seconds); retry-after-date (status, seconds or date);
        redirect (status, location); delay (seconds); slow-drip (bytes, seconds); huge (bytes); truncated; reset; hang.
        """;

    public static IReadOnlyCollection<string> Options { get; } =
    [
        "host", "http-port", "https-port", "ca-file", "client-id", "organization-name", "access-key-id", "account", "token-lifetime",
        "control!",
    ];

    public static async Task<int> RunAsync(Arguments arguments, CommandConsole console, CancellationToken stop)
    {
        var secret = ReadSecret(console, SecretVariable, DefaultSecret);
        var accessKeySecret = ReadSecret(console, AccessKeySecretVariable, DefaultAccessKeySecret);
        var client = new SandboxClient(
            arguments.Text("client-id", DefaultClientId),
            secret.Value,
            OrganizationId,
            arguments.Text("organization-name", DefaultOrganization))
        {
            AccessKeyId = arguments.Text("access-key-id", DefaultAccessKeyId),
            AccessKeySecret = accessKeySecret.Value,
            Account = arguments.Text("account", DefaultAccount),
        };
        var options = new SandboxOptions
        {
            Host = arguments.Text("host", "127.0.0.1"),
            HttpPort = arguments.Number("http-port", 0, 65535, 0),
            HttpsPort = arguments.Number("https-port", 0, 65535, 0),
            TokenLifetime = arguments.Number("token-lifetime", 1, int.MaxValue, 86400),
            Control = arguments.Has("control"),
            Clients = [client],
        };
        if (!IPAddress.TryParse(options.Host, out _))
        {
            arguments.Problem("--host must be an IP address");
        }

        if (arguments.Problems.Count > 0)
        {
            return await SandboxCommands.RefuseAsync(arguments, console);
        }

        try
        {
            await using var server = await SandboxServer.StartAsync(options, stop);
            var authority = arguments.Text("ca-file", "");
            if (authority.Length > 0)
            {
                await File.WriteAllTextAsync(authority, server.CertificateAuthorityPem, stop);
            }

            await console.Output.WriteLineAsync($"""
                http           {server.HttpAddress}
                https          {server.HttpsAddress}
                ca file        {(authority.Length > 0 ? authority : "none; --ca-file PATH writes one")}
                client id      {client.ClientId}
                client secret  {secret.Shown}
                access key     {client.AccessKeyId}
                its secret     {accessKeySecret.Shown}
                account        {client.Account}
                organization   {client.OrganizationId} {client.OrganizationName}
                token          {string.Join("\n               ", TokenAddresses(server.HttpAddress))}
                ready
                """);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped: the normal end.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            await console.Error.WriteLineAsync($"ccaas-sandbox: {e.Message}");
            return CouldNotListen;
        }

        return 0;
    }

    private static IEnumerable<string> TokenAddresses(Uri server) =>
        Vendors.All.Where(vendor => vendor.TokenPath is not null)
            .Select(vendor => $"POST {new Uri(server, vendor.TokenPath)}  {vendor.Name}");

    // A secret from the environment is not printed.
    private static (string Value, string Shown) ReadSecret(CommandConsole console, string variable, string otherwise) =>
        console.Environment(variable) is { Length: > 0 } given ? (given, $"from {variable}") : (otherwise, otherwise);
}
