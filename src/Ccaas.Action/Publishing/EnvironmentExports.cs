namespace Ccaas.Action.Publishing;

/// <summary>What later steps find in their environment.</summary>
internal static class EnvironmentExports
{
    /// <returns>Name and value, each name once; the token's value in clear.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(Publication publication)
    {
        var token = publication.Token.Value.Reveal();
        if (publication.Request.Export.Variable is { } variable)
        {
            yield return new(variable, token);
        }

        if (!publication.Request.Export.ToolEnvironment)
        {
            yield break;
        }

        foreach (var (name, value) in publication.Plan.ToolEnvironment)
        {
            if (name != publication.Request.Export.Variable)
            {
                yield return new(name, value ?? token);
            }
        }
    }
}
