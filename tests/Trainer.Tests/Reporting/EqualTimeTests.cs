using System.Linq;
using System;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting.Paper;
using AdapterCompiler.Trainer.Training;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Reporting;

public sealed class EqualTimeTests
{
    [Fact]
    public void Curves_are_compared_where_both_have_points()
    {
        // On a logarithmic axis 20 lies halfway between 10 and 40.
        EqualTime.Comparison found = EqualTime.Of([(20, 0.6), (80, 0.8)], [(10, 0.5), (40, 0.6)])!;
        Assert.Equal((20, 40), (found.From, found.To));
        Assert.Equal(0.6 - 0.55, found.Least, 9);
        Assert.Equal(0.7 - 0.6, found.Most, 9);
        Assert.Equal(0.075, found.Mean, 9);
        EqualTime.Comparison back = EqualTime.Of([(10, 0.5), (40, 0.6)], [(20, 0.6), (80, 0.8)])!;
        Assert.Equal(-found.Mean, back.Mean, 9);
    }

    [Fact]
    public void Without_a_time_in_common_nothing_is_said()
    {
        Assert.Null(EqualTime.Of([(10, 0.5), (20, 0.6)], [(30, 0.6), (80, 0.8)]));
        Assert.Null(EqualTime.Of([(10, 0.5)], [(5, 0.6), (80, 0.8)]));
    }

    [Fact]
    public void A_row_without_a_price_belongs_to_both_measures()
    {
        var file = new ExperimentFile(
            ["bird"], "integer", 100, 32, 0.001, [1],
            [new("open", [4], 0.5m), new("flops", [4], 0.5m, CostMeasure.Flops, 1e-2), new("device", [4], 0.5m, CostMeasure.Device, 1e-2), new("parameters", [4], 0.5m, CostMeasure.Parameters, 1e-2)]);
        RunMetrics[] done = [Run("open", 40, 80), Run("flops", 10, 40), Run("device", 10, 60), Run("parameters", 10, 99)];
        string said = EqualTime.Text(file, done)!;
        Assert.Contains("are +10.0 points", said, StringComparison.Ordinal);
        Assert.Contains("between 10.0 and 40.0 M", said, StringComparison.Ordinal);
        Assert.Contains("1 seed;", said, StringComparison.Ordinal);
        Assert.Null(EqualTime.Text(file, done[..2]));

        // Channels chosen otherwise, without a price, are no points of either; and without gates that learned by the device there is no sentence.
        ExperimentFile others = file with { Rows = [.. file.Rows, new("random", [4], 0.5m, Gates: GateChoice.Random, Like: "flops")] };
        Assert.Equal(said, EqualTime.Text(others, [.. done, Run("random", 20, 99)]));
        Assert.Null(EqualTime.Text(others with { Rows = [.. others.Rows.Where(row => row.Cost != CostMeasure.Device)] }, [done[0], done[1], Run("random", 20, 50)]));

        static RunMetrics Run(string row, int millions, int right) => new(
            row + "-1", row, "", "", 1, CostMeasure.Device, 1e-2, "commit", "machine", 0.1, 1, 1,
            [new TaskMetrics("bird", ["a", "b"], 0, 50, right, right, 100, [1], [1], 1, 1, [])], new CompiledCost("esp32", 1, millions * 1_000_000L, 1, 1), 0, []);
    }
}
