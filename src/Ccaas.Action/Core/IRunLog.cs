namespace Ccaas.Action.Core;

/// <summary>The log of the run. An implementation redacts known secrets and breaks workflow commands in every line.</summary>
internal interface IRunLog
{
    void Info(string line);

    void Debug(string line);

    /// <summary>
    /// Debug lines that belong together, as a group where the CI system has groups. They are computed only when they are shown.
    /// </summary>
    void DebugGroup(string title, IEnumerable<string> lines);

    /// <param name="title">A few words, shown as a heading where the CI system has headings.</param>
    /// <param name="line">What is wrong and what to do.</param>
    void Warning(string title, string line);
}
