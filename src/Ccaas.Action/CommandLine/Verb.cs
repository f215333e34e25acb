namespace Ccaas.Action.CommandLine;

/// <summary>What the program is asked to do.</summary>
internal enum Verb
{
    /// <summary>Obtain a token and hand it on.</summary>
    Acquire,

    /// <summary>Print a token for the script that asks.</summary>
    Get,

    /// <summary>Run a command with a token in its environment.</summary>
    Exec,

    /// <summary>Take a token back.</summary>
    Revoke,

    /// <summary>Clean up at the end of a job: take back what the step has kept. For CI systems, not for people.</summary>
    Post,

    /// <summary>Print a text; the program is asked about itself.</summary>
    Tell,
}
