namespace Ccaas.Sandbox.SecretsManager;

/// <summary>Staging labels: each is on one version at most, and what was current is marked as previous.</summary>
internal static class SecretStages
{
    public const string Current = "AWSCURRENT";
    private const string Previous = "AWSPREVIOUS";

    /// <summary>The versions with one more at their end, and the labels moved to it.</summary>
    public static IReadOnlyList<SandboxSecretVersion> Add(
        IReadOnlyList<SandboxSecretVersion> versions, SandboxSecretVersion added, IReadOnlyList<string> stages)
    {
        // The first version is the current one, whatever it is called besides.
        IReadOnlyList<string> taken = (stages.Count, versions.Count) switch
        {
            (0, _) => [Current],
            (_, 0) => [.. stages.Append(Current).Distinct()],
            _ => [.. stages.Distinct()],
        };
        var moves = taken.Contains(Current);
        return
        [
            .. versions.Select(version => version with
            {
                Stages =
                [
                    .. version.Stages.Where(stage => !taken.Contains(stage) && !(moves && stage == Previous)),
                    .. BecomesPrevious(version, moves),
                ],
            }),
            added with { Stages = taken },
        ];
    }

    private static string[] BecomesPrevious(SandboxSecretVersion version, bool moves) =>
        moves && version.Stages.Contains(Current) ? [Previous] : [];
}
