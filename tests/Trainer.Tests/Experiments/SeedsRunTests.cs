using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using Spectre.Console;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments;

[Collection(TorchTests.Name)]
public sealed class SeedsRunTests : IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-seeds").FullName;
    private readonly StringWriter output = new();
    private readonly List<int> generated = [];

    public SeedsRunTests() => TorchSharp.torch.set_num_threads(1);

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        output.Dispose();
    }

    [Fact]
    public void What_is_done_is_not_run_again()
    {
        SeedsRun first = Run("train", 2, 1);
        Assert.Equal(RunOutcome.Finished, first.Run());
        Assert.Equal([2, 1], generated);
        Assert.Equal([1, 2], first.Table.Rows.Select(row => row.Seed));
        Assert.All(first.Table.Rows, row => Assert.Equal((1 / 3.0, 0), (row.Chance, row.Dead)));
        Assert.NotEqual(first.Table.Rows[0] with { Seed = 2 }, first.Table.Rows[1]);

        SeedsRun second = Run("train", 1, 3);
        Assert.Equal(RunOutcome.Finished, second.Run());
        Assert.Equal([2, 1, 3], generated);
        Assert.Equal([1, 3], second.Table.Rows.Select(row => row.Seed));
        Assert.Equal(first.Table.Rows[0].ToCsv(), second.Table.Rows[0].ToCsv());
        Assert.Equal([1, 2, 3], SeedTable.Load(Path.Combine(folder, SeedsRun.FileName)).Rows.Select(row => row.Seed));
    }

    [Fact]
    public void Rows_of_another_command_are_left_alone()
    {
        Assert.Equal(RunOutcome.Finished, Run("train", 1).Run());
        string path = Path.Combine(folder, SeedsRun.FileName), text = File.ReadAllText(path);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Run("train --steps 9", 1).Run());
        Assert.Contains("`train --seed N`", exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void A_table_reads_back_and_anything_else_is_refused()
    {
        var row = new SeedRow(4, 0.14, 0.4815, 0.9, 0.875, 0.8625, 1, 2, 80, 132);
        var table = new SeedTable("adapter-train train --seed N", "abc", [row, row with { Seed = 5, MultiHead = null }]);
        string path = Path.Combine(folder, "t.csv");
        table.Save(path);
        SeedTable found = SeedTable.Load(path);
        Assert.Equal((table.Command, table.Commit), (found.Command, found.Commit));
        Assert.Equal(table.Rows, found.Rows);

        File.WriteAllText(path, File.ReadAllText(path).Replace(",132", ",x", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => SeedTable.Load(path));
        File.WriteAllText(path, "seed,chance");
        Assert.Throws<InvalidDataException>(() => SeedTable.Load(path));
    }

    [Fact]
    public void The_page_shows_both_tables_and_their_spread()
    {
        var row = new SeedRow(1, 0.14, 0.48, null, 0.9, 0.91, 0, 1, 80, 132);
        var now = new SeedTable("new", "n", [row, row with { Seed = 2, Quantised = 0.81 }, row with { Seed = 3, Quantised = 0.45 }]);
        var before = new SeedTable("old", "o", [row with { Quantised = 0.2, Dead = 5 }]);
        string page = SeedsPage.Markdown(now, before);
        Assert.Contains("| seed | linear | before: float | 8-bit | dead | now: float | 8-bit | dead | revived | open of 132 |", page, StringComparison.Ordinal);
        Assert.Contains("| 1 | 0.480 | 0.900 | 0.200 | 5 | 0.900 | 0.910 | 0 | 1 | 80 |", page, StringComparison.Ordinal);
        Assert.Contains("| 2 | 0.480 | - | - | - | 0.900 | 0.810 | 0 | 1 | 80 |", page, StringComparison.Ordinal);
        Assert.Contains("| least | 0.480 | 0.900 | 0.200 | 5 | 0.900 | 0.450 |", page, StringComparison.Ordinal);
        Assert.Contains("| median | 0.480 | 0.900 | 0.200 | 5 | 0.900 | 0.810 |", page, StringComparison.Ordinal);
        // Mean of 0.91, 0.81 and 0.45, and 4.303 * s / sqrt(3) with s = 0.2420.
        Assert.Contains("| mean, 95 % | 0.480 ± 0.000 | 0.900 | 0.200 |  | 0.900 ± 0.000 | 0.723 ± 0.601 |", page, StringComparison.Ordinal);
        Assert.Contains("Not above their own linear baseline: 1 of 3 seeds, before 1 of 1.", page, StringComparison.Ordinal);
        Assert.Contains("| seed | linear | float: float | 8-bit | dead | integer: float |", SeedsPage.Markdown(now, before, ("integer", "float")), StringComparison.Ordinal);
    }

    private SeedsRun Run(string command, params int[] seeds)
    {
        var settings = new RunSettings(
            "toy", folder, "", TinyTasks.Input, TinyTasks.FrontEnd, ValueArray.Of(4, 6), 0.5m, TinyTasks.Options(12), QuantisationOptions.Default, "esp32", WithMultiHead: false);
        var console = new RunConsole(
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No }),
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No }));
        return new SeedsRun(settings, seeds, (_, seed) => $"{command} --seed {seed}", seed =>
        {
            generated.Add(seed);
            return Tasks;
        }, console);
    }
}
