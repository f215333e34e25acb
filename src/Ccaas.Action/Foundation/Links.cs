namespace Ccaas.Action.Foundation;

/// <summary>Addresses of this project's own pages; messages hold no other links.</summary>
internal static class Links
{
    public const string Project = "https://github.com/org/ccaas-token-action";

    /// <param name="topic">A heading's anchor in docs/troubleshooting.md.</param>
    public static string Troubleshooting(string topic) => $"{Project}/blob/v1/docs/troubleshooting.md#{topic}";
}
