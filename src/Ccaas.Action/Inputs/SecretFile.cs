namespace Ccaas.Action.Inputs;

/// <summary>Reads secrets from the files, or the standard input, that the <c>-file</c> options name.</summary>
internal static class SecretFile
{
    private const int MaxLength = 65536;

    /// <exception cref="OperationCanceledException">The job was canceled during the wait for standard input.</exception>
    public static async Task ReadAllIntoAsync(
        InputValues values, InputProblems problems, ProcessEnvironment environment, CancellationToken cancellation)
    {
        foreach (var option in Input.All)
        {
            if (option.FileOf is null || values.Given(option.Name) is not { } path)
            {
                continue;
            }

            try
            {
                var text = path == "-" ? await ReadAsync(environment.Input, cancellation) : RegularFile.Read(path, MaxLength);
                if (string.IsNullOrWhiteSpace(text))
                {
                    problems.Add(option.Name, path == "-" ? "standard input is empty." : "the file is empty.");
                }

                values.Offer(option.FileOf.Name, text.Trim(), $"--{option.Name}");
            }
            catch (UnusableFileException unusable)
            {
                problems.Add(option.Name, unusable.Problem);
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                problems.Add(option.Name, "the file cannot be read; check its path and permissions.");
            }
        }
    }

    private static async Task<string> ReadAsync(TextReader reader, CancellationToken cancellation)
    {
        var buffer = new char[MaxLength + 1];
        // A read from a terminal cannot be canceled, but the wait for it can.
        var length = await reader.ReadBlockAsync(buffer, cancellation).AsTask().WaitAsync(cancellation);
        return length > MaxLength
            ? throw new UnusableFileException($"standard input holds more than {MaxLength / 1000} KB, which is no secret.")
            : new string(buffer, 0, length);
    }
}

/// <summary>The inputs of the command <c>revoke</c>.</summary>
internal static class TokenToRevoke
{
    /// <summary>Takes the token from the variable in which a step has exported it, unless a file was given.</summary>
    public static void ReadInto(InputValues values, ProcessEnvironment environment)
    {
        // So that the same is checked as for a step that revokes at the end of the job.
        values.Offer(Input.Revoke, "true", "the command revoke");
        var variable = values.Given(Input.EnvironmentVariable) ?? Input.EnvironmentVariable.Default!;
        if (environment.Variable(variable)?.Trim() is { Length: > 0 } token)
        {
            values.Offer(Input.AccessToken, token, variable);
        }
    }
}
