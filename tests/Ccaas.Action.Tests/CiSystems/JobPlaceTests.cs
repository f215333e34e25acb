namespace Ccaas.Action.Tests.CiSystems;

/// <summary>What each system offers a job: a folder that all of its steps share, and an identity.</summary>
public sealed class JobPlaceTests
{
    [Theory]
    [InlineData("XDG_RUNTIME_DIR=/run/user/1 XDG_CACHE_HOME=/cache HOME=/home/me LOCALAPPDATA=/local", "/run/user/1/ccaas-token")]
    [InlineData("XDG_CACHE_HOME=/cache HOME=/home/me LOCALAPPDATA=/local", "/cache/ccaas-token")]
    [InlineData("HOME=/home/me LOCALAPPDATA=/local", "/home/me/.cache/ccaas-token")]
    [InlineData("LOCALAPPDATA=/local", "/local/ccaas-token")]
    [InlineData("XDG_RUNTIME_DIR=relative HOME=/home/me", "/home/me/.cache/ccaas-token")]
    [InlineData("RUNNER_TEMP=/tmp AGENT_TEMPDIRECTORY=/tmp", null)]
    [InlineData("TF_BUILD=True AGENT_TEMPDIRECTORY=/agent/temp HOME=/home/me", "/agent/temp")]
    [InlineData("TF_BUILD=True HOME=/home/me", null)]
    [InlineData("GITHUB_ACTIONS=true RUNNER_TEMP=/proc HOME=/home/me", "/proc")]
    [InlineData("GITHUB_ACTIONS=true RUNNER_TEMP=/there/is/none HOME=/home/me", null)]
    public void Folder_is_the_one_that_lasts_as_long_as_the_job(string variables, string? folder) =>
        Assert.Equal(folder, Detect(variables).JobFolder);

    [Theory]
    [InlineData("GITHUB_ACTIONS=true RUNNER_TEMP=/proc", "$RUNNER_TEMP")]
    [InlineData("TF_BUILD=True AGENT_TEMPDIRECTORY=/agent/temp", "$AGENT_TEMPDIRECTORY")]
    public void Scripts_find_it_by_a_variable(string variables, string inScripts) =>
        Assert.Equal(inScripts, Detect(variables).JobFolderInScripts);

    [Fact]
    public void Job_that_may_ask_for_its_identity_is_told_where()
    {
        var identity = Detect("GITHUB_ACTIONS=true ACTIONS_ID_TOKEN_REQUEST_URL=https://ci.example.test/token?api-version=2.0 "
            + "ACTIONS_ID_TOKEN_REQUEST_TOKEN=bearer-of-the-job").Identity!;

        Assert.Equal(("https://ci.example.test/token?api-version=2.0", "bearer-of-the-job"),
            (identity.Address.AbsoluteUri, identity.Bearer.Reveal()));
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS=true")]
    [InlineData("GITHUB_ACTIONS=true ACTIONS_ID_TOKEN_REQUEST_URL=https://ci.example.test/token")]
    [InlineData("GITHUB_ACTIONS=true ACTIONS_ID_TOKEN_REQUEST_TOKEN=bearer-of-the-job")]
    [InlineData(
        "GITHUB_ACTIONS=true ACTIONS_ID_TOKEN_REQUEST_URL=http://ci.example.test/token ACTIONS_ID_TOKEN_REQUEST_TOKEN=bearer-of-the-job")]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_URL=https://ci.example.test/token ACTIONS_ID_TOKEN_REQUEST_TOKEN=bearer-of-the-job")]
    public void Job_that_may_not_has_none(string variables) => Assert.Null(Detect(variables).Identity);

    private static ICiSystem Detect(string variables)
    {
        var given = variables.Split(' ').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return CiSystemDetection.Detect(new ProcessEnvironment(given, TextReader.Null, TextWriter.Null, TextWriter.Null), isScript: false,
            new InputProblems(), new Redactor(), TimeProvider.System);
    }
}
