using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>
/// Checks a network's convolutions before anything is read or printed: where the check fails the program may start over, and should lose nothing by it. The experiment checks again, and
/// asks nothing that was answered here.
/// </summary>
internal static class Preparation
{
    /// <summary>Settles how Torch convolves.</summary>
    /// <param name="settings">The run.</param>
    /// <param name="tasks">Tasks that it will have.</param>
    /// <param name="console">Terminal.</param>
    /// <returns>False where nothing is right, which was said.</returns>
    public static bool Settle(RunSettings settings, int tasks, RunConsole console)
    {
        NetworkShape shape = settings.Shape([.. Enumerable.Range(0, tasks).Select(k => new TaskShape(FormattableString.Invariant($"task-{k}"), 2))]);
        return shape.Problem() is not null || settings.Training.Problem(tasks) is not null || Experiment.SettleConvolutions(settings, shape, console);
    }

    /// <summary>Task folders of a corpus; what is wrong with it is said by who loads it.</summary>
    public static int TaskFolders(string corpus)
    {
        try
        {
            return Directory.GetDirectories(corpus).Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return 0;
        }
    }
}
