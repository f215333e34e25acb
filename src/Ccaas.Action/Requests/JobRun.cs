namespace Ccaas.Action.Requests;

/// <summary>Which run of the CI system a job belongs to: by what the system itself sets, which no step of a job can change.</summary>
/// <param name="Project">The repository or project.</param>
/// <param name="Id">The run or build, unique in the project.</param>
internal sealed record JobRun(string Project, string Id)
{
    public IEnumerable<Trait> Traits => [new("project", "repository or project", Project), new("run", "run", Id)];
}
