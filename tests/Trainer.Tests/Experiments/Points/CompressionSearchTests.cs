using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Experiments.Points;
using AdapterCompiler.Trainer.Quantisation;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments.Points;

/// <summary>A trained network made small, once and by a search, with toy tasks.</summary>
[Collection(TorchTests.Name)]
public sealed class CompressionSearchTests : IClassFixture<TinyTraining>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-compress").FullName;
    private readonly QuietConsole terminal = new();
    private readonly FloatWeights weights;

    public CompressionSearchTests(TinyTraining training)
    {
        TorchSharp.torch.set_num_threads(1);
        weights = training.Load();
    }

    public void Dispose()
    {
        weights.Dispose();
        Directory.Delete(folder, recursive: true);
        terminal.Dispose();
    }

    [Fact]
    public void One_point_is_trained_compiled_and_verified_and_a_stop_changes_no_byte()
    {
        Assert.Equal(RunOutcome.Finished, Single("whole"));
        string model = File.ReadAllText(Path.Combine(folder, "whole", "toy.adapter"));
        Assert.Contains("48 of 48 slices: generated code = interpreter, every logit", terminal.Text, StringComparison.Ordinal);
        Assert.Contains("\ncommand adapter-train train --data toys; adapter-train compress --weight-bits 4 --zeros 0.5 --steps 12\n", model, StringComparison.Ordinal);
        ModelArtifact read = ModelReader.Read(model).Model!;
        Assert.All(read.Shared.SelectMany(layer => layer.Channels).SelectMany(channel => channel.Weights), weight => Assert.InRange(weight, -7, 7));
        (long all, long zeros) = WeightCount.Of(read);
        Assert.InRange((double)zeros / all, 0.4, 0.8);
        Assert.Equal(IntegerForward.Correct(read, [.. TinyTraining.Tasks.Select(task => task.Test)]), read.Tasks.Select(task => task.Accuracy!.QuantisedCorrect));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "whole"), "checkpoint*"));

        // Stopped in the middle of it.
        using (new PlantedFault("loss:9"))
            Assert.Equal(RunOutcome.NotFinite, Single("stopped"));
        Assert.Contains("step 9: the loss (NaN) is not finite, and training stopped there.", terminal.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "stopped", "toy.adapter")));

        // A disk that is full when the model is to be written: the checkpoint holds all of the training, and the same command ends with the same bytes.
        using (new PlantedFault("disk:toy.adapter"))
            Assert.Equal(RunOutcome.Failed, Single("stopped"));
        Assert.Contains("The checkpoint there holds what was trained before", terminal.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "stopped", "checkpoint-compression.dat")));
        Assert.Equal(RunOutcome.Failed, Single("stopped", zeros: 0.6));
        Assert.Contains("it belongs to another run", terminal.Text, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Finished, Single("stopped"));
        Assert.Equal(model, File.ReadAllText(Path.Combine(folder, "stopped", "toy.adapter")));
        // The first step twice: of the whole run and of the one that was stopped twice.
        Assert.Equal(3, terminal.Text.Split("1/12 steps").Length);
    }

    [Fact]
    public void A_budget_that_is_met_ends_with_the_mildest_point_and_no_point_is_trained_twice()
    {
        var generous = new DeviceBudget(60_000, 4, 80);
        (RunOutcome outcome, PointsFile file) = Search(generous, 100);
        Assert.Equal(RunOutcome.Finished, outcome);
        Assert.Equal([0], Trained(file));
        Assert.True(file.Points[0].Measured!.Weighted > 0);
        Assert.Contains("48 of 48 slices: generated code = interpreter, every logit", terminal.Text, StringComparison.Ordinal);

        // What the search ends with is what the command alone makes of these bits and zeros.
        string model = File.ReadAllText(Path.Combine(folder, "search", "toy.adapter"));
        Assert.Equal(RunOutcome.Finished, Single("alone", bits: 8, zeros: 0));
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "alone", "toy.adapter")), model);

        // Just below what the first point takes: the first stays as it is, the second follows.
        PointCost first = file.Points[0].Measured!;
        (outcome, PointsFile tighter) = Search(generous with { Milliseconds = first.Milliseconds - 0.001 }, 100);
        Assert.Equal(RunOutcome.Finished, outcome);
        Assert.Equal(file.Points[0].Accuracy, tighter.Points[0].Accuracy);
        Assert.Equal(first, tighter.Points[0].Measured);
        Assert.Equal(2, terminal.Text.Split("\nPoint       8 bit, 0 % zeros").Length);
        int chosen = Trained(tighter)[^1];
        Assert.InRange(chosen, 1, 3);
        Assert.True(tighter.Points[chosen].Measured!.Milliseconds < first.Milliseconds);
        string page = File.ReadAllText(Path.Combine(folder, "search", "points.md"));
        Assert.Contains("| chosen |", page.Replace("best, chosen", "chosen", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(tighter.Points[chosen].Text, File.ReadAllText(Path.Combine(folder, "search", "points.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_no_point_keeps_ends_with_the_nearest_and_says_what_binds()
    {
        (RunOutcome outcome, PointsFile file) = Search(new DeviceBudget(0.001, 4, 80), 100);
        Assert.Equal(RunOutcome.Failed, outcome);
        int[] trained = Trained(file);
        int chosen = trained.MinBy(i => file.Points[i].Measured!.Milliseconds);
        Assert.Contains($"no point keeps every budget. The nearest, {file.Points[chosen].Text}, passes --max-ms 0.001: ", terminal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("--max-ram", terminal.Text.Split("passes --max-ms 0.001: ")[^1], StringComparison.Ordinal);
        Assert.Equal(file.Points.Count - 1, trained[^1]);
        string model = Path.Combine(folder, "search", "toy.adapter");
        Assert.Contains($"Its model is in {Path.GetDirectoryName(model)}; every point: ", terminal.Text, StringComparison.Ordinal);
        Assert.Equal(chosen, Array.FindIndex([.. file.Points], point => point.IsTrained && File.ReadAllText(model).Contains($"--weight-bits {point.WeightBits} --zeros {point.Zeros} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_search_in_the_folder_is_refused_and_names_both()
    {
        Directory.CreateDirectory(Path.Combine(folder, "search"));
        PointsFile.Of("another", "esp32").Save(Path.Combine(folder, "search"));
        Assert.Equal(RunOutcome.Failed, Search(DeviceBudget.None, 1).Outcome);
        Assert.Contains("holds another search (another; this one is ", terminal.Text, StringComparison.Ordinal);
        Assert.Contains("Give the options that it began with, or choose another folder with -o.", terminal.Text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "search", "points.json"), "{");
        Assert.Equal(RunOutcome.Failed, Search(DeviceBudget.None, 1).Outcome);
        Assert.Contains("points.json in " + Path.Combine(folder, "search") + " cannot be read: it was changed. Delete it, or", terminal.Text, StringComparison.Ordinal);

        // A checkpoint that is none, in a point's folder.
        File.Delete(Path.Combine(folder, "search", "points.json"));
        string checkpoint = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "search", "bits-4-zeros-70")).FullName, "checkpoint-compression.dat");
        File.WriteAllText(checkpoint, "none");
        Assert.Equal(RunOutcome.Failed, Search(DeviceBudget.None, 1).Outcome);
        Assert.Contains(checkpoint + " cannot be continued: ", terminal.Text, StringComparison.Ordinal);
    }

    private RunOutcome Single(string output, int bits = 4, double zeros = 0.5)
    {
        RunSettings settings = TinyTraining.Settings(weights, Path.Combine(folder, output)).Compressed(TinyTraining.Options(weights, bits: bits, zeros: zeros));
        Directory.CreateDirectory(settings.Folder);
        return new Experiment(settings, TinyTraining.Tasks, terminal.Console).Compress(weights);
    }

    private (RunOutcome Outcome, PointsFile File) Search(DeviceBudget budget, double? drop)
    {
        var search = new CompressionSearch(TinyTraining.Settings(weights, Path.Combine(folder, "search"), budget), TinyTraining.Tasks, weights, TinyTraining.Options(weights), drop, terminal.Console);
        return (search.Run(), search.File);
    }

    private static int[] Trained(PointsFile file) => [.. Enumerable.Range(0, file.Points.Count).Where(i => file.Points[i].IsTrained)];
}
