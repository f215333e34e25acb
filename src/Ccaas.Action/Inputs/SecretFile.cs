namespace Ccaas.Action.Inputs;

/// <summary>Takes secrets from the files, or the standard input, that the options made for it name.</summary>
internal static class SecretFile
{
    private const int Longest = 65536;

    /// <exception cref="OperationCanceledException">The job was cancelled while standard input was silent.</exception>
    public static async Task ReadAllIntoAsync(InputValues values, InputProblems problems, ProcessEnvironment environment, CancellationToken cancellation)
    {
        foreach (var option in Input.All)
        {
            if (option.FileOf is { } secret && values.Given(option.Name) is { } path)
            {
                await ReadIntoAsync(values, problems, environment, option.Name, secret, path, cancellation);
            }
        }
    }

    private static async Task ReadIntoAsync(InputValues values, InputProblems problems, ProcessEnvironment environment, string option, string secret, string path, CancellationToken cancellation)
    {
        try
        {
            var text = (path == "-" ? await ReadAsync(environment.Input, cancellation) : RegularFile.Read(path, Longest)).Trim();
            if (text.Length == 0)
            {
                problems.Add(option, path == "-" ? "standard input is empty." : "the file is empty.");
            }

            values.Offer(secret, text, $"--{option}");
        }
        catch (UnusableFileException unusable)
        {
            problems.Add(option, unusable.Problem);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add(option, "the file cannot be read; check its path and permissions.");
        }
    }

    private static async Task<string> ReadAsync(TextReader reader, CancellationToken cancellation)
    {
        var buffer = new char[Longest + 1];
        // A read from a terminal cannot be interrupted; waiting for it can.
        var length = await reader.ReadBlockAsync(buffer, cancellation).AsTask().WaitAsync(cancellation);
        return length > Longest
            ? throw new UnusableFileException($"standard input holds more than {Longest / 1000} KB, which is no secret.")
            : new string(buffer, 0, length);
    }
}

/// <summary>Takes the token that is to be revoked from where a step or a script has put it.</summary>
internal static class TokenToRevoke
{
    public static void ReadInto(InputValues values, ProcessEnvironment environment)
    {
        // The verb is the wish: what it needs is checked as for a step that revokes at the job's end.
        values.Offer(Input.Revoke, "true", "the command revoke");
        var variable = values.Given(Input.EnvironmentVariable) ?? Input.EnvironmentVariable.Default!;
        if (environment.Variable(variable)?.Trim() is { Length: > 0 } token)
        {
            values.Offer(Input.AccessToken, token, variable);
        }
    }
}
