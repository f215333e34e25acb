using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>
/// What an end-to-end test needs of the machine. Where it is missing the test is skipped and says what to install; where
/// CCAAS_REQUIRE_ALL is 1, as in the continuous integration run, it fails instead.
/// </summary>
internal static class Needs
{
    public const string ImageVariable = "CCAAS_IMAGE";

    /// <returns>The reason to skip, or null.</returns>
    public static string? Image() => Required(
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ImageVariable))
            ? $"needs a container engine and an image: docker build -t ccaas-token-action:test . and "
                + $"{ImageVariable}=ccaas-token-action:test"
            : null);

    /// <returns>The reason to skip, or null.</returns>
    public static string? Native() => Required(
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Executable.Variable))
            ? $"needs the native executable: dotnet publish src/Ccaas.Action -p:Native=true --use-current-runtime -o native and "
                + $"{Executable.Variable}=$PWD/native/ccaas-token"
            : null);

    public static string? Program(string name, string package) =>
        Required(Find(name) is null ? $"needs {name} (Debian package {package})" : null);

    public static string? Proxies() => Program("tinyproxy", "tinyproxy-bin") ?? Program("squid", "squid");

    /// <returns>The program's path; null where it is missing. Daemons stand in a folder that is not on everybody's PATH.</returns>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    internal static string? Required(string? reason) => Environment.GetEnvironmentVariable("CCAAS_REQUIRE_ALL") == "1" ? null : reason;
}

/// <summary>A test that runs the image, which CCAAS_IMAGE names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerFactAttribute : FactAttribute
{
    public ContainerFactAttribute() => Skip = Needs.Image();
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerTheoryAttribute : TheoryAttribute
{
    public ContainerTheoryAttribute() => Skip = Needs.Image();
}

/// <summary>A test that sends requests through real proxies.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProxyFactAttribute : FactAttribute
{
    public ProxyFactAttribute() => Skip = Needs.Proxies();
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProxyTheoryAttribute : TheoryAttribute
{
    public ProxyTheoryAttribute() => Skip = Needs.Proxies();
}
