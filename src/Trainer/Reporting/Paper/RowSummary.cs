using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Runs;

namespace AdapterCompiler.Trainer.Reporting.Paper;

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="HalfWidth">Half of the 95 % interval of the mean, by Student's t; null where there is one seed.</param>
/// <param name="Count">Seeds.</param>
internal sealed record Estimate(double Mean, double? HalfWidth, int Count)
{
    /// <summary>97.5 % quantiles of Student's t for 1, 2, … degrees of freedom.</summary>
    private static readonly double[] Quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

    /// <summary>Of some values, at least one.</summary>
    public static Estimate Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        if (values.Count == 1)
            return new Estimate(mean, null, 1);
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return new Estimate(mean, Quantiles[Math.Min(values.Count - 2, Quantiles.Length - 1)] * Math.Sqrt(variance / values.Count), values.Count);
    }

    /// <summary>For example <c>0.712</c> or <c>0.712 ± 0.010</c>.</summary>
    public string Text => HalfWidth is { } half ? FormattableString.Invariant($"{Mean:F3} ± {half:F3}") : FormattableString.Invariant($"{Mean:F3}");

    /// <summary>Of a difference in points, for example <c>+2.1</c> or <c>-0.8 ± 1.2</c>.</summary>
    public string Points => FormattableString.Invariant($"{Mean:+0.0;-0.0;0.0}") + (HalfWidth is { } half ? FormattableString.Invariant($" ± {half:F1}") : "");
}

/// <summary>A row of the tables: all seeds of one kind of run that are done for every task.</summary>
/// <param name="Row">As the experiment file describes it.</param>
/// <param name="Seeds">Per seed, the tasks in the experiment's order.</param>
internal sealed record RowSummary(ExperimentRow Row, IReadOnlyList<(int Seed, IReadOnlyList<TaskMetrics> Tasks)> Seeds)
{
    /// <summary>True where a seed is done.</summary>
    public bool IsKnown => Seeds.Count > 0;

    /// <summary>Puts a row together from the runs that are done; of single-task models a seed counts once all of its tasks are.</summary>
    public static RowSummary Of(ExperimentRow row, IReadOnlyList<string> tasks, IEnumerable<RunMetrics> done)
    {
        var seeds = done.Where(run => run.Row == row.Name).GroupBy(run => run.Seed).OrderBy(group => group.Key)
            .Select(group => (Seed: group.Key, Tasks: group.SelectMany(run => run.Tasks).ToDictionary(task => task.Name, StringComparer.Ordinal)))
            .Where(seed => tasks.All(seed.Tasks.ContainsKey));
        return new RowSummary(row, [.. seeds.Select(seed => (seed.Seed, (IReadOnlyList<TaskMetrics>)[.. tasks.Select(task => seed.Tasks[task])]))]);
    }

    /// <summary>Something of a task, over the seeds.</summary>
    public Estimate Task(int task, Func<TaskMetrics, double> value) => Estimate.Of([.. Seeds.Select(seed => value(seed.Tasks[task]))]);

    /// <summary>Mean over the tasks, over the seeds.</summary>
    public Estimate Mean(Func<TaskMetrics, double> value) => Estimate.Of([.. Seeds.Select(seed => seed.Tasks.Average(value))]);

    /// <summary>Sum over the tasks, over the seeds.</summary>
    public Estimate Sum(Func<TaskMetrics, double> value) => Estimate.Of([.. Seeds.Select(seed => seed.Tasks.Sum(value))]);
}
