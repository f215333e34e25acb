namespace Ccaas.Action.Core;

/// <summary>Where people read what happens. An implementation redacts known secrets and disarms commands in every line.</summary>
internal interface IRunLog
{
    void Info(string line);

    void Debug(string line);

    /// <summary>
    /// Debug lines that belong together, folded away under their title where the CI system can do that. They are made only
    /// when they are shown.
    /// </summary>
    void DebugGroup(string title, IEnumerable<string> lines);

    /// <param name="title">A few words, shown as a heading where the CI system has such.</param>
    /// <param name="line">What is wrong and what to do.</param>
    void Warning(string title, string line);
}
