using Ccaas.Action.Foundation;

namespace Ccaas.Action.Inputs;

/// <summary>Takes the client secret from the file, or the standard input, that <c>client-secret-file</c> names.</summary>
internal static class SecretFile
{
    private const int Longest = 65536;

    /// <exception cref="OperationCanceledException">The job was cancelled while standard input was silent.</exception>
    public static async Task ReadIntoAsync(InputValues values, InputProblems problems, Surroundings surroundings, CancellationToken cancellation)
    {
        if (values.Given(InputNames.ClientSecretFile) is not { } path)
        {
            return;
        }

        try
        {
            using var file = path == "-" ? null : new StreamReader(path);
            var text = (await ReadAsync(file ?? surroundings.Input, cancellation).ConfigureAwait(false)).Trim();
            if (text.Length == 0)
            {
                problems.Add(InputNames.ClientSecretFile, path == "-" ? "standard input is empty." : "the file is empty.");
            }

            values.Offer(InputNames.ClientSecret, text, $"--{InputNames.ClientSecretFile}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add(InputNames.ClientSecretFile, "the file cannot be read; check its path and permissions.");
        }
    }

    private static async Task<string> ReadAsync(TextReader reader, CancellationToken cancellation)
    {
        var buffer = new char[Longest];
        // A read from a terminal cannot be interrupted; waiting for it can.
        var length = await reader.ReadBlockAsync(buffer, cancellation).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        return new string(buffer, 0, length);
    }
}
