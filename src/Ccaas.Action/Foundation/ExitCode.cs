namespace Ccaas.Action.Foundation;

/// <summary>What the process says to its caller. The numbers are public contract: they change only with a major version.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>A bug here, or a machine that fails underneath (a full disk while the outputs are written).</summary>
    Bug = 1,

    Inputs = 2,
    CredentialsRefused = 3,
    NotPermitted = 4,
    RateLimited = 5,
    ServerFailed = 6,
    Network = 7,

    /// <summary>A cache, a store or a sealed token that was required could not be used.</summary>
    Reuse = 8,

    /// <summary>The command of <c>exec</c> is there and cannot be executed, as shells have it.</summary>
    CommandNotExecutable = 126,

    /// <summary>The command of <c>exec</c> is not there, as shells have it.</summary>
    CommandNotFound = 127,

    /// <summary>128 + SIGINT, as shells have it; also used for SIGTERM, because both mean "somebody stopped the job".</summary>
    Cancelled = 130,
}
