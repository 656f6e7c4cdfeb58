using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Reporting.Paper;

/// <summary>
/// What gates reach that learn from a device's cost, beside those that learn from operations, at equal predicted time: accuracy over the weighted instructions of the compiled program, straight between
/// the rows' points on a logarithmic axis, the mean of the difference over all times that both reach. A row without a price ends both curves.
/// </summary>
internal static class EqualTime
{
    private const int Places = 64;

    /// <summary>A paragraph; null where no gates learned by one of the measures, or the curves have no time in common.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="done">Numbers of its runs.</param>
    public static string? Text(ExperimentFile file, IReadOnlyList<RunMetrics> done)
    {
        if (!Learned(CostMeasure.Device) || !Learned(CostMeasure.Flops))
            return null;
        Comparison[] seeds = [.. done.Select(run => run.Seed).Distinct().Order().Select(seed => Of(Curve(CostMeasure.Device, seed), Curve(CostMeasure.Flops, seed))).OfType<Comparison>()];
        if (seeds.Length == 0)
            return null;
        var mean = Estimate.Of([.. seeds.Select(each => 100 * each.Mean)]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Gates that learn from the device's cost are {mean.Points} points against those that learn from operations, at equal predicted time: the mean between {seeds.Min(each => each.From):F1} and {seeds.Max(each => each.To):F1} M weighted instructions of the 8-bit program, {seeds.Length} {(seeds.Length == 1 ? "seed" : "seeds")}; the smallest difference at one time is {100 * seeds.Min(each => each.Least):+0.0;-0.0;0.0}, the largest {100 * seeds.Max(each => each.Most):+0.0;-0.0;0.0}.");

        bool Learned(CostMeasure measure) => file.Rows.Any(row => row.HasLearningGates && row.Cost == measure && done.Any(run => run.Row == row.Name));

        // Cheapest first.
        (double Cost, double Accuracy)[] Curve(CostMeasure measure, int seed) =>
        [
            .. done.Where(run => run.Seed == seed && run.Compiled is not null && file.Rows.Any(row => row.Name == run.Row && row.Kind == RunKind.Network && row.Alpha is not null && row.Gates == GateChoice.Learned && (row.Lambda == 0 || row.Cost == measure)))
                .Select(run => (run.Compiled!.Weighted / 1e6, run.Tasks.Average(task => task.Accuracy))).OrderBy(point => point.Item1),
        ];
    }

    /// <summary>One curve against another.</summary>
    /// <param name="ours">Cost in M and accuracy, cheapest first.</param>
    /// <param name="theirs">Likewise.</param>
    /// <returns>Null where there is nothing to compare.</returns>
    internal static Comparison? Of((double Cost, double Accuracy)[] ours, (double Cost, double Accuracy)[] theirs)
    {
        if (ours.Length < 2 || theirs.Length < 2)
            return null;
        double from = Math.Max(ours[0].Cost, theirs[0].Cost), to = Math.Min(ours[^1].Cost, theirs[^1].Cost);
        if (from >= to)
            return null;
        double[] differences = [.. Enumerable.Range(0, Places).Select(i => from * Math.Pow(to / from, (double)i / (Places - 1))).Select(cost => At(ours, cost) - At(theirs, cost))];
        return new Comparison(from, to, differences.Average(), differences.Min(), differences.Max());
    }

    private static double At((double Cost, double Accuracy)[] curve, double cost)
    {
        int above = Math.Clamp(Array.FindIndex(curve, point => point.Cost >= cost), 1, curve.Length - 1);
        ((double low, double from), (double high, double to)) = (curve[above - 1], curve[above]);
        return high == low ? Math.Max(from, to) : from + ((to - from) * Math.Clamp(Math.Log(cost / low) / Math.Log(high / low), 0, 1));
    }

    /// <summary>Differences of two curves.</summary>
    /// <param name="From">Cheapest cost that both reach, M.</param>
    /// <param name="To">Dearest.</param>
    /// <param name="Mean">Mean difference of accuracy.</param>
    /// <param name="Least">Smallest.</param>
    /// <param name="Most">Largest.</param>
    internal sealed record Comparison(double From, double To, double Mean, double Least, double Most);
}
