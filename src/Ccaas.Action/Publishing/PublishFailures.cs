using Ccaas.Action.Foundation;

namespace Ccaas.Action.Publishing;

/// <summary>What can go wrong when everything else went right.</summary>
internal static class PublishFailures
{
    /// <param name="where">What could not be written, at the start of a sentence.</param>
    public static Failure NotWritten(string where) => new(ExitCode.Bug, "The results could not be written",
        $"{where} could not be written; nothing was handed on.",
        "the disk is full, or the job is being torn down.",
        "make room on the disk and run the job again.",
        "the-results-could-not-be-written");
}
