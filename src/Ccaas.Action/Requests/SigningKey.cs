using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>A private key and how to sign with it.</summary>
/// <param name="Pem">The key as PEM text.</param>
/// <param name="Algorithm">Fits the key.</param>
internal sealed record SigningKey(Secret Pem, SigningAlgorithm Algorithm)
{
    /// <summary>Under which name the server knows the key (<c>kid</c>); null: not sent.</summary>
    public string? Id { get; init; }

    /// <summary>For whom the assertion is (<c>aud</c>); null: the token endpoint.</summary>
    public string? Audience { get; init; }
}
