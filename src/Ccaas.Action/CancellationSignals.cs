namespace Ccaas.Action;

/// <summary>
/// SIGINT and SIGTERM, by which runners cancel a job (SIGINT, 7.5 s later SIGTERM, 2.5 s later a kill), as a token. They are
/// handled until the process is gone: one that comes after the results are published must not turn success into a failure.
/// </summary>
internal static class CancellationSignals
{
    private static readonly CancellationTokenSource Source = new();

    /// <summary>Held here, because a registration that is collected ends.</summary>
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>From here on; before, a signal ends the process, which has done nothing yet.</summary>
    public static CancellationToken Handle()
    {
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel));
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel));
        return Source.Token;
    }

    private static void Cancel(PosixSignalContext context)
    {
        // The default would end the process in the middle of whatever it writes.
        context.Cancel = true;
        Source.Cancel();
    }
}
