using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting.Paper;
using AdapterCompiler.Trainer.Training;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Reporting;

/// <summary>Tables and figures from numbers made for the test: two tasks of 100 slices, three rows.</summary>
public sealed class PaperPageTests : IDisposable
{
    private static readonly ExperimentFile File = new(
        ["bird", "pitch"], "integer", 100, 32, 0.001, [1, 2],
        [new("multi-head", [6, 12]), new("parameters-1e-4", [6, 12], 0.2m, CostMeasure.Parameters, 1e-4), new("single", [8, 16], Each: true), new("linear", [], Each: true, Kind: RunKind.Linear), new("flops-1e-2", [6, 12], 0.2m, CostMeasure.Flops, 1e-2)]);

    private readonly string folder = Directory.CreateTempSubdirectory("adapter-page").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Means_intervals_changes_and_the_gap()
    {
        string page = new PaperPage("toy", File, Done()).Markdown([("toy/a.svg", "A figure.")]);
        Assert.Contains("7 of 14 runs are done.", page, StringComparison.Ordinal);
        Assert.Contains("| task | classes | chance | multi-head | parameters, 1e-4 | single-task |", page, StringComparison.Ordinal);

        // Multi-head 50 and 52, 60 and 60; adapters 70 and 70, seed 1 alone; single-task 90 and 80, of seed 2 the one task that is done does not count.
        Assert.Contains("| bird | 2 | 0.500 | 0.510 ± 0.127 | 0.700 (+37.3 %) | 0.900 |", page, StringComparison.Ordinal);
        Assert.Contains("| pitch | 2 | 0.500 | 0.600 ± 0.000 | 0.700 (+16.7 %) | 0.800 |", page, StringComparison.Ordinal);
        Assert.Contains("| mean |  | 0.500 | 0.555 ± 0.064 | 0.700 (+26.1 %) | 0.850 |", page, StringComparison.Ordinal);
        Assert.Contains("multi-head 0.555, single-task 0.850", page, StringComparison.Ordinal);
        Assert.Contains("| parameters, 1e-4 | 49 % | 2 of 2 | 0 of 2 |", page, StringComparison.Ordinal);

        // Shared once for all tasks, twice for single-task models; own weights 1.5 a task.
        Assert.Contains("| multi-head | 10.0 | 3.0 | 13.0 | 2.0 | 0.2 | 2.2 |  |", page, StringComparison.Ordinal);
        Assert.Contains("| single-task | 20.0 | 3.0 | 23.0 | 4.0 | 0.2 | 4.2 |  |", page, StringComparison.Ordinal);
        Assert.Contains("| parameters, 1e-4 | 10.0 | 3.0 | 13.0 | 2.0 | 0.2 | 2.2 | 4 of 10 |", page, StringComparison.Ordinal);
        Assert.Contains("| bird | 0.500 (-1.0) | 0.690 (-1.0) | 0.890 (-1.0) |", page, StringComparison.Ordinal);
        Assert.Contains("| flops-1e-2 | 6, 12 | 0.2 | 0.01 | flops |  |  |  |", page, StringComparison.Ordinal);
        Assert.Contains("![A figure.](toy/a.svg)", page, StringComparison.Ordinal);

        // Rates of gates are said where rows have their own: flops-1e-2's are ten times the weights'.
        ExperimentFile rates = File with { Rows = [.. File.Rows.Select(row => row.Name == "parameters-1e-4" ? row with { GateRate = 0.002 } : row)] };
        page = new PaperPage("toy", rates, Done()).Markdown([]);
        Assert.Contains("| parameters-1e-4 | 6, 12 | 0.2 | 0.0001 | parameters | 0.002 | 1 | 0.50 | abc |", page, StringComparison.Ordinal);
        Assert.Contains("| flops-1e-2 | 6, 12 | 0.2 | 0.01 | flops | 0.01 |  |  |  |", page, StringComparison.Ordinal);
        Assert.Contains("| multi-head | 6, 12 | none |  |  |  | 1, 2 | 0.50 | abc |", page, StringComparison.Ordinal);

        // Six runs of rows in the file, 100 steps of half a second each; "other" is none of them, however often it ran.
        Assert.Contains("took 0.1 hours of one core.", page, StringComparison.Ordinal);
        page = new PaperPage("toy", File, [.. Done(), .. Enumerable.Repeat(Run("other", 1, ("bird", 1), ("pitch", 1)), 20)]).Markdown([]);
        Assert.Contains("took 0.1 hours of one core.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Learned gates against", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_that_lose_more_than_a_point_are_named()
    {
        RunMetrics[] done =
        [
            Run("multi-head", 1, ("bird", 50), ("pitch", 60)), Run("multi-head", 2, ("bird", 52), ("pitch", 60)),
            WithIntegers(Run("parameters-1e-4", 1, ("bird", 70), ("pitch", 70)), 69, 70), WithIntegers(Run("parameters-1e-4", 2, ("bird", 72), ("pitch", 74)), 70, 76),
        ];
        string page = new PaperPage("toy", File, done).Markdown([]);

        // A point is allowed, in each of the first six; the last two lose 2 and win 2.
        Assert.Contains("Of 8 results, each of one task and one seed, 1 loses more than 1.0 point: bird of parameters-1e-4-2 (-2.00, 2 of 100 slices); of the 4 means above, 1 does.", page, StringComparison.Ordinal);

        // Wide codes of one row are known: a point more of one task.
        Assert.Contains("With codes of 8 bits", page, StringComparison.Ordinal);
        Assert.Contains("| bird | 0.700 (-1.0) |", page, StringComparison.Ordinal);
        Assert.Contains("Of 4 results, each of one task and one seed, 0 lose more than 1.0 point; of the 2 means above, 0 do.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("With codes of 8 bits", new PaperPage("toy", File, done[..2]).Markdown([]), StringComparison.Ordinal);

        static RunMetrics WithIntegers(RunMetrics run, int bird, int pitch) => run with
        {
            Tasks = [run.Tasks[0] with { Quantised = bird, Wide = bird + (bird == 70 ? 1 : 0) }, run.Tasks[1] with { Quantised = pitch, Wide = pitch }],
        };
    }

    [Fact]
    public void Learned_gates_are_compared_seed_by_seed()
    {
        var random = new ExperimentRow("random", [6, 12], 0.2m, Gates: GateChoice.Random, Like: "parameters-1e-4");
        RunMetrics[] done =
        [
            Run("parameters-1e-4", 1, ("bird", 70), ("pitch", 70)), Run("parameters-1e-4", 2, ("bird", 60), ("pitch", 80)), Run("parameters-1e-4", 3, ("bird", 1), ("pitch", 1)),
            Run("random", 1, ("bird", 66), ("pitch", 70)), Run("random", 2, ("bird", 60), ("pitch", 72)),
        ];
        ExperimentFile file = File with { Rows = [.. File.Rows, random] };

        // Better by 2 and by 4 points; seed 3 has no partner.
        string page = new PaperPage("toy", file, done).Markdown([]);
        Assert.Contains("| random, as dear as parameters-1e-4 | +3.0 ± 12.7 | 2 of 2 | 3.0 | 3.0 | 2 |", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1.0, 3 }, 2, 12.706)]
    [InlineData(new[] { 1.0, 2, 3 }, 2, 2.484)]
    public void Intervals_are_students(double[] values, double mean, double half)
    {
        var estimate = Estimate.Of(values);
        Assert.Equal(mean, estimate.Mean);
        Assert.Equal(half, estimate.HalfWidth!.Value, 3);
        Assert.Null(Estimate.Of([7]).HalfWidth);
    }

    [Fact]
    public void Figures_are_drawn_alike_every_time()
    {
        IReadOnlyList<(string File, string Title)> figures = PaperFigures.Draw(folder, File, Done());
        Assert.Equal(["cost-parameters.svg", "gates-parameters.svg", "confusion-bird.svg", "confusion-pitch.svg"], figures.Select(figure => figure.File));
        string[] first = [.. figures.Select(figure => System.IO.File.ReadAllText(Path.Combine(folder, figure.File)))];
        Assert.All(first, text => Assert.Equal("svg", XDocument.Parse(text).Root!.Name.LocalName));
        PaperFigures.Draw(folder, File, Done());
        Assert.Equal(first, figures.Select(figure => System.IO.File.ReadAllText(Path.Combine(folder, figure.File))));

        // Rows of another alpha than the first gated one are no points of its curves.
        PaperFigures.Draw(folder, File with { Rows = [.. File.Rows, new("narrow", [6, 12], 0.1m, CostMeasure.Parameters, 1e-3)] }, [.. Done(), Run("narrow", 1, ("bird", 1), ("pitch", 1))]);
        Assert.Equal(first, figures.Select(figure => System.IO.File.ReadAllText(Path.Combine(folder, figure.File))));
    }

    private static RunMetrics[] Done() =>
    [
        Run("multi-head", 1, ("bird", 50), ("pitch", 60)), Run("parameters-1e-4", 1, ("bird", 70), ("pitch", 70)), Run("single", 1, ("bird", 90)), Run("single", 1, ("pitch", 80)),
        Run("multi-head", 2, ("bird", 52), ("pitch", 60)), Run("single", 2, ("bird", 99)), Run("other", 1, ("bird", 1), ("pitch", 1)),
    ];

    private static RunMetrics Run(string row, int seed, params (string Task, int Right)[] tasks) => new(
        row, row, "configuration", "data", seed, CostMeasure.Parameters, 1e-4, "abc", "1 thread", 0.5, 10, 2,
        [.. tasks.Select(task => new TaskMetrics(task.Task, ["a", "b"], 0.5, 50, task.Right, task.Right - 1, 100, [1, 1], [2, 3], 1.5, 0.1, [[0, 0, 40], [0, 1, 10], [1, 1, 50]]))]);
}
