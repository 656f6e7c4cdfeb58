using System;
using System.Collections.Generic;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>What all commands that train do alike: convolutions checked before anything is read, the folder taken, data loaded, the experiment run.</summary>
internal static class TrainingRun
{
    /// <summary>Runs.</summary>
    /// <param name="settings">What to train.</param>
    /// <param name="taskCount">Tasks that the data will have.</param>
    /// <param name="console">Terminal.</param>
    /// <param name="load">Reads the data; null when something has to be changed, which was said.</param>
    /// <param name="finished">Called after a result, the folder still being the run's own; or null.</param>
    /// <returns>The exit code.</returns>
    public static int Run(RunSettings settings, int taskCount, RunConsole console, Func<IReadOnlyList<TaskData>?> load, Action<Experiment>? finished = null)
    {
        if (Preparation.Problem(settings, taskCount) is { } mistake)
            return ExitCode.Mistake(console, mistake);
        if (!Preparation.Settle(settings, taskCount, console))
            return ExitCode.Of(RunOutcome.WrongConvolutions);
        using RunFolder? own = RunFolder.Take(settings.Folder, out string? problem);
        if (own is null)
            return ExitCode.Mistake(console, problem!);
        if (load() is not { } tasks)
            return ExitCode.Of(RunOutcome.Failed);
        var experiment = new Experiment(settings, tasks, console);
        RunOutcome outcome = experiment.Run();
        if (outcome == RunOutcome.Finished)
            finished?.Invoke(experiment);
        return ExitCode.Of(outcome);
    }
}
