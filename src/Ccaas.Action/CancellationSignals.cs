using System.Runtime.InteropServices;

namespace Ccaas.Action;

/// <summary>SIGINT and SIGTERM, by which runners cancel a job (SIGINT, 7.5 s later SIGTERM, 2.5 s later a kill), as a token.</summary>
internal sealed class CancellationSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public CancellationSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
    ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        // The default would end the process in the middle of whatever it writes.
        context.Cancel = true;
        _source.Cancel();
    }
}
