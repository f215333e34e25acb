using System.Security.Cryptography;

namespace Ccaas.Action.Sealing;

/// <summary>
/// The system's cryptographic library (OpenSSL on Linux). TLS needs it, and so does whatever is sealed; loading it takes a
/// quarter as long as a whole run, so that it is loaded beside the run's first steps and not in the middle of the last.
/// </summary>
internal static class CryptographicLibrary
{
    /// <returns>Completed when it is loaded. To be waited for before the process ends: it must not end in the middle of that.</returns>
    public static Task LoadAsync() => Task.Run(
        () =>
        {
            Span<byte> anything = stackalloc byte[1];
            RandomNumberGenerator.Fill(anything);
        },
        CancellationToken.None);
}
