using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>A file that AWS's environment variables name, and that holds a token and nothing else.</summary>
internal static class SecretText
{
    // More than any token has; a path by mistake may lead to anything.
    private const int Longest = 65536;

    /// <returns>What it holds, masked, without the blanks around it; null when it is empty, too long, or cannot be read.</returns>
    public static Secret? Read(string path, AwsQuestions questions)
    {
        try
        {
            var text = RegularFile.Read(path, Longest).Trim();
            return text.Length == 0 ? null : questions.Masked(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
