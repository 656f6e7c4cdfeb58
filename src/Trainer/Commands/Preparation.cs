using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>
/// Checks options and a network's convolutions before anything is read: a mistake is known at once, not after an hour of decoding. The experiment checks again, and asks nothing that was
/// answered here.
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
        TaskShape[] likely = Likely(tasks);
        return settings.Problem(likely) is not null || Experiment.SettleConvolutions(settings, settings.Shape(likely), console);
    }

    /// <summary>What is wrong with the options, known before anything is read; or null. Where there is no task, who loads says why.</summary>
    /// <param name="settings">The run.</param>
    /// <param name="tasks">Tasks that it will have.</param>
    public static string? Problem(RunSettings settings, int tasks) => tasks == 0 ? null : settings.Problem(Likely(tasks));

    private static TaskShape[] Likely(int tasks) => [.. Enumerable.Range(0, tasks).Select(k => new TaskShape(FormattableString.Invariant($"task-{k}"), 2))];

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
