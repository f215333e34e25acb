using System.Diagnostics;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>Paths that lead to something else than a small file: refused by the input's name, at once, with nothing sent.</summary>
public sealed class FileAttacks
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Inputs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var input in new[] { "private-key", "ca-certificate", "client-certificate", "client-key" })
            {
                foreach (var kind in new[] { "pipe", "/dev/zero", "link to /dev/zero", "folder" })
                {
                    data.Add(input, kind);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task Path_that_names_no_file_is_refused(string input, string kind)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["provider"] = "oauth2";
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["client-secret"] = null;
        world.Inputs[input] = Make(world, kind);

        var run = await RunAsync(world);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"- {input}: is no regular file", run.Output, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    [InlineData("folder")]
    public async Task Secret_file_that_is_none_is_refused(string kind)
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = null;

        var run = await RunAsync(world, "--client-secret-file", Make(world, kind));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("client-secret-file: is no regular file", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secret_that_is_too_long_is_refused_and_not_cut(bool isStandardInput)
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = null;
        var text = new string('s', 65537);
        world.StandardInput = isStandardInput ? text : null;

        var run = await RunAsync(world, "--client-secret-file", isStandardInput ? "-" : world.GiveFile("secret", text));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("more than 65 KB", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Theory]
    [InlineData("GITHUB_OUTPUT", "pipe")]
    [InlineData("GITHUB_OUTPUT", "/dev/stdout")]
    [InlineData("GITHUB_OUTPUT", "/dev/null")]
    [InlineData("GITHUB_ENV", "pipe")]
    [InlineData("GITHUB_ENV", "/dev/stdout")]
    [InlineData("GITHUB_STATE", "pipe")]
    [InlineData("GITHUB_STEP_SUMMARY", "pipe")]
    [InlineData("GITHUB_STEP_SUMMARY", "/dev/stdout")]
    public async Task Command_file_that_is_none_is_named_before_anything_is_sent(string variable, string kind)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["revoke"] = "true";
        world.Environment[variable] = Make(world, kind);

        var run = await RunAsync(world);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"- {variable}: names a pipe", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(world.Sandbox.Requests);
    }

    /// <summary>Kubernetes and Docker mount secrets as links; files of the kernel say that they hold nothing.</summary>
    [Fact]
    public void Link_is_followed_and_file_without_a_length_is_read_to_its_end()
    {
        using var files = new CommandFileSet();
        File.WriteAllText(files.Path("secret"), "what it holds");
        File.CreateSymbolicLink(files.Path("link"), files.Path("secret"));

        Assert.Equal("what it holds", RegularFile.Read(files.Path("link"), 13));
        Assert.Throws<UnusableFileException>(() => RegularFile.Read(files.Path("link"), 12));
        Assert.NotEmpty(RegularFile.Read("/proc/self/status", 65536));
        Assert.Throws<UnusableFileException>(() => RegularFile.Read("/proc/self/status", 10));
        Assert.Throws<FileNotFoundException>(() => RegularFile.Read(files.Path("nowhere"), 10));
        Assert.Throws<ArgumentException>(() => RegularFile.Read("secret\0", 10));
    }

    private static async Task<Run> RunAsync(World world, params string[] arguments)
    {
        using var child = world.Start(arguments);
        return await world.EndAsync(child, arguments).WaitAsync(Longest);
    }

    private static string Make(World world, string kind)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ccaas-attack-").FullName, "given");
        switch (kind)
        {
            case "pipe":
                using (var mkfifo = Process.Start("mkfifo", [path]))
                {
                    mkfifo.WaitForExit();
                }

                return path;
            case "folder":
                return world.Files.Folder;
            case "link to /dev/zero":
                return File.CreateSymbolicLink(path, "/dev/zero").FullName;
            default:
                return kind;
        }
    }
}
