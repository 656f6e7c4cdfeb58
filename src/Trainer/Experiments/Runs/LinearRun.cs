using System;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>The linear baseline of a task, in numbers like a network's; it is not quantised.</summary>
internal static class LinearRun
{
    /// <summary>Trains and measures.</summary>
    public static RunMetrics Measure(PlannedRun run, TaskData task, RunConsole console)
    {
        (double validation, int[] found) = console.Working(run.Name, "weight decays", report => LinearBaseline.Tuned(task, run.Seed, report));
        var matrix = ConfusionMatrix.Of(task.Labels, task.Test.Classes, found);
        double weights = (double)task.Labels.Count * task.Train.Codes[0].Length;
        console.Line("", FormattableString.Invariant($"{run.Name}: {(double)matrix.Correct / task.Test.Count:F3}"));
        return new RunMetrics(
            run.Name, run.Row.Name, run.Configuration, "", run.Seed, run.Row.Cost, run.Row.Lambda, BuildCommit.Text, "", 0, 0, 0,
            [new TaskMetrics(task.Name, task.Labels, validation, Baselines.Majority(task), matrix.Correct, matrix.Correct, task.Test.Count, [], [], weights / 1e3, 2 * weights / 1e6, matrix.Sparse)]);
    }
}
