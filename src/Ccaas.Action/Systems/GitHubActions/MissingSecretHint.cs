using Ccaas.Action.Foundation;

namespace Ccaas.Action.Systems.GitHubActions;

/// <summary>Why a secret that is stored may still arrive empty; GitHub says nothing of it itself.</summary>
internal static class MissingSecretHint
{
    public static string For(Surroundings surroundings) => (surroundings.Variable("GITHUB_EVENT_NAME"), surroundings.Variable("GITHUB_ACTOR")) switch
    {
        (_, "dependabot[bot]") => " Runs that Dependabot starts see Dependabot's own secrets, not the repository's: add it there too.",
        ("pull_request", _) => " Pull requests from forks get no secrets: skip this step for them, or run it after the merge.",
        _ => " An empty value usually means that the secret has another name, belongs to an environment that this job does not use, or was not handed on to a called workflow (secrets: inherit).",
    };
}
