namespace Ccaas.Action.Foundation;

/// <summary>Where people read what happens. An implementation redacts known secrets and disarms commands in every line.</summary>
internal interface IRunLog
{
    /// <summary>Whether <see cref="Debug"/> lines are shown, so that costly ones need not be made.</summary>
    bool IsDebugging { get; }

    void Info(string line);

    void Debug(string line);

    /// <param name="title">A few words, shown as a heading where the CI system has such.</param>
    /// <param name="line">What is wrong and what to do.</param>
    void Warning(string title, string line);
}
