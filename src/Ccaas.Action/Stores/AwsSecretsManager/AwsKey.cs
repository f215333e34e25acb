using Ccaas.Action.Foundation;
using Ccaas.Action.Masking;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>What requests are signed with.</summary>
/// <param name="AccessKeyId">Its name, which is sent.</param>
/// <param name="SecretAccessKey">Signs and is never sent.</param>
/// <param name="SessionToken">Goes along with a key that lasts for hours; null: the key has no end.</param>
internal sealed record AwsKey(string AccessKeyId, Secret SecretAccessKey, Secret? SessionToken)
{
    /// <summary>Masks what is secret before anything is done with it.</summary>
    /// <returns>Null when something is missing, or cannot stand in a header.</returns>
    public static AwsKey? Read(string? id, string? secret, string? token, Masker masker)
    {
        Secret[] secrets = [.. new[] { secret, token }.OfType<string>().Select(text => new Secret(text))];
        foreach (var each in secrets)
        {
            masker.Mask(each);
        }

        return IsSendable(id) && !string.IsNullOrEmpty(secret) && (string.IsNullOrEmpty(token) || IsSendable(token))
            ? new AwsKey(id!, secrets[0], string.IsNullOrEmpty(token) ? null : secrets[1])
            : null;
    }

    /// <summary>Whether it is visible ASCII, as everything is that AWS and CI systems issue; anything else would break a header.</summary>
    public static bool IsSendable(string? text) => !string.IsNullOrEmpty(text) && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
