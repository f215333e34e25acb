using Ccaas.Action.Http;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>What AWS says of a request that it did not do. Raw text: clean it before showing it.</summary>
/// <param name="Code">As AWS wrote it, without its namespace; empty when there is none.</param>
/// <param name="Message">The text for people; empty when there is none.</param>
internal sealed record AwsError(string Code, string Message)
{
    /// <summary>The code without the ending that some services give to the same error and others do not.</summary>
    public string Kind => Code.EndsWith("Exception", StringComparison.Ordinal) ? Code[..^"Exception".Length] : Code;

    // The body says it in __type, or a header does: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
    public static AwsError Of(HttpReply reply) => new(
        Last(reply.Error.Code ?? reply.Headers.GetValueOrDefault("x-amzn-ErrorType") ?? ""),
        reply.Error.Description ?? "");

    // com.amazonaws.secretsmanager#ThrottlingException, ThrottlingException:http://internal.amazon.com/coral/
    private static string Last(string type) => type.Split(':')[0].Split('#')[^1].Trim();
}
