using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>
/// Ctrl-C and a termination signal, while something is worth saving: the first one asks training to stop after its step, a second one ends the process as
/// usual. Outside of training nothing is held back.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly PosixSignalRegistration control, terminate;
    private readonly CancellationTokenSource source = new();

    public Interrupt()
    {
        control = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    /// <summary>Set once a signal has come.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        control.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (source.IsCancellationRequested)
            return;
        context.Cancel = true;
        source.Cancel();
    }
}
