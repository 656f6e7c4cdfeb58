using System;
using System.Threading;

namespace AdapterCompiler.Cli;

/// <summary>Says on a terminal what a command is busy with once that takes longer than a moment, with the seconds so far; gone when it ends.</summary>
internal sealed class WaitingLine : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly Timer? timer;
    private readonly Lock gate = new();
    private int seconds;
    private bool ended;

    /// <summary>Starts to wait; prints nothing where standard error is a file or a pipe.</summary>
    /// <param name="work">What goes on, such as "choosing kernels for esp32".</param>
    public WaitingLine(string work)
    {
        if (!Console.IsErrorRedirected)
            timer = new Timer(_ => Tick(work), null, Moment, Moment);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer?.Dispose();
        lock (gate)
        {
            ended = true;
            if (seconds > 0)
                Console.Error.Write("\r\u001b[K");
        }
    }

    private void Tick(string work)
    {
        lock (gate)
        {
            if (!ended)
                Console.Error.Write($"\r{work} … {++seconds} s");
        }
    }
}
