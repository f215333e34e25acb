namespace Ccaas.Action.Reuse;

/// <summary>Where a token comes from; the output <c>source</c> has the same words.</summary>
internal enum TokenSource
{
    /// <summary>The authorization server, for this run.</summary>
    Issued,

    /// <summary>The job's cache.</summary>
    Cache,

    /// <summary>Another job, sealed.</summary>
    Sealed,

    /// <summary>A secret manager.</summary>
    Store,
}
