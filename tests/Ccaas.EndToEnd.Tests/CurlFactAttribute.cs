using System.Diagnostics;
using System.Globalization;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A test that compares with the real curl, from the version on that reads ranges of addresses in NO_PROXY.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CurlFactAttribute : FactAttribute
{
    private static readonly Version Oldest = new(7, 86);

    public CurlFactAttribute() =>
        Skip = Needs.Program("curl", "curl") ?? (Curl < Oldest ? Needs.Required($"needs curl {Oldest} or later, which reads ranges of "
            + $"addresses; this one is {Curl}") : null);

    /// <summary>The version that is on PATH; 0.0 where there is none.</summary>
    internal static Version Curl { get; } = Read();

    private static Version Read()
    {
        try
        {
            using var curl = Process.Start(new ProcessStartInfo("curl", ["-q", "--version"]) { RedirectStandardOutput = true })!;
            // "curl 8.5.0 (x86_64-pc-linux-gnu) …", perhaps with a suffix behind the number.
            var words = curl.StandardOutput.ReadToEnd().Split(' ', 3);
            curl.WaitForExit();
            var numbers = words[1].Split('.', '-');
            return new Version(int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IndexOutOfRangeException or FormatException)
        {
            return new Version(0, 0);
        }
    }
}
