using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments.Runs;

[Collection(TorchTests.Name)]
public sealed class ExperimentRunsTests : IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();

    private readonly string folder = Directory.CreateTempSubdirectory("adapter-runs").FullName;
    private readonly QuietConsole terminal = new();

    public ExperimentRunsTests() => TorchSharp.torch.set_num_threads(1);

    private string Committed => Path.Combine(folder, "committed");

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        terminal.Dispose();
    }

    [Fact]
    public void What_has_numbers_is_not_run_again_wherever_they_are()
    {
        ExperimentRow plain = new("plain", [4, 6]), gated = new("gated", [4, 6], Alpha: 0.5m, CostMeasure.Parameters, Lambda: 1), single = new("single", [4, 6], Each: true), linear = new("linear", [], Each: true, Kind: RunKind.Linear);
        PlannedRun[] planned = [.. File(plain, gated, single, linear).Runs()];
        Assert.Equal(RunOutcome.Finished, Runs(planned, "out").Run());
        Assert.Equal(["gated-7.json", "linear-task-a-7.json", "linear-task-b-7.json", "plain-7.json", "single-task-a-7.json", "single-task-b-7.json"], Directory.GetFiles(Committed).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        RunMetrics metrics = RunMetrics.Load(Path.Combine(Committed, "gated-7.json"));
        Assert.Equal(("gated", 7, 1.0), (metrics.Row, metrics.Seed, metrics.Lambda));
        Assert.Equal(["task-a", "task-b"], metrics.Tasks.Select(task => task.Name));
        TaskMetrics first = metrics.Tasks[0];
        Assert.Equal([2, 3, 3], first.Channels);
        Assert.Equal((24, 8), (first.Test, first.Majority));
        Assert.Equal(first.Float, first.Confusion.Where(each => each[0] == each[1]).Sum(each => each[2]));
        Assert.Equal(first.Test, first.Confusion.Sum(each => each[2]));
        Assert.Equal(0.018 * first.Open[0] / 2 + (9 * first.Open[1] * (4 + first.Open[0]) / 1e3) + (first.Open[2] * (6 + first.Open[1]) / 1e3) + (3 * (6 + first.Open[2]) / 1e3), first.Parameters, 6);

        // Codes of one bit more than those of the model that lies there, of the same floats.
        using (var weights = FloatWeights.Load(Path.Combine(folder, "out", "gated-7", ExperimentRun.WeightsFile)))
        {
            var quantiser = new Quantiser(weights.Network, new QuantisationOptions(ValueArray.Of(8), 8));
            ModelArtifact wide = quantiser.Export(quantiser.Calibrate([.. Tasks.Select(task => task.Train)]), quantiser.TrainedGates(), new ModelLabels("wide", "", TinyTasks.FrontEnd, [.. Tasks.Select(task => task.Labels)]));
            Assert.Equal(IntegerForward.Correct(wide, [.. Tasks.Select(task => task.Test)]), metrics.Tasks.Select(task => task.Wide!.Value));
            Assert.Equal(7, ModelReader.Read(System.IO.File.ReadAllText(Path.Combine(folder, "out", "gated-7", ExperimentRun.ModelFile))).Model!.Shared[0].ActivationBits);
        }

        TaskMetrics baseline = RunMetrics.Load(Path.Combine(Committed, "linear-task-a-7.json")).Tasks.Single();
        Assert.Equal((24, 0.768), (baseline.Test, baseline.Parameters));
        Assert.InRange(baseline.Float, 8, 24);

        // Another folder of runs, the same committed numbers: nothing to do.
        Assert.Equal(RunOutcome.Finished, Runs(planned, "elsewhere", (_, _) => throw new InvalidOperationException("loaded")).Run());
        Assert.False(Directory.Exists(Path.Combine(folder, "elsewhere")));

        // Costs of another build's compiler are renewed, of models that are there; nothing else changes.
        string gatedNumbers = Path.Combine(Committed, "gated-7.json");
        (metrics with { Commit = "old", Compiled = metrics.Compiled! with { Weighted = 1 } }).Save(gatedNumbers);
        Assert.Equal(0, Runs(planned, "elsewhere").Recompile());
        Assert.Equal(1, Runs(planned, "out").Recompile());
        RunMetrics renewed = RunMetrics.Load(gatedNumbers);
        Assert.Equal((metrics.Compiled, metrics.Commit, "old"), (renewed.Compiled, renewed.CostCommit, renewed.Commit));
        Assert.Equal(metrics.Tasks.Select(task => (task.Float, task.Quantised)), renewed.Tasks.Select(task => (task.Float, task.Quantised)));
        Assert.Equal(0, Runs(planned, "out").Recompile());

        // So are the integers of another build's rounding, where the float network is there; what floats get right stays.
        string model = Path.Combine(folder, "out", "gated-7", ExperimentRun.ModelFile), rounded = System.IO.File.ReadAllText(model);
        System.IO.File.WriteAllText(model, "none");
        (metrics with { Commit = "old", Compiled = null, Tasks = [.. metrics.Tasks.Select(task => task with { Quantised = 0, Wide = null })] }).Save(gatedNumbers);
        Assert.Equal(0, Runs(planned, "elsewhere").Requantise());
        Assert.Equal(1, Runs(planned, "out").Requantise());
        renewed = RunMetrics.Load(gatedNumbers);
        Assert.Equal((metrics.Compiled, metrics.Commit, metrics.Commit, "old"), (renewed.Compiled, renewed.CostCommit, renewed.QuantisedCommit, renewed.Commit));
        Assert.Equal(metrics.Tasks.Select(task => (task.Float, task.Quantised, task.Wide)), renewed.Tasks.Select(task => (task.Float, task.Quantised, task.Wide)));
        Assert.Equal(rounded, System.IO.File.ReadAllText(model));
        Assert.Equal(0, Runs(planned, "out").Requantise());
        (metrics with { Commit = "old" }).Save(gatedNumbers);
        ExperimentRuns others = Runs(planned, "out", (_, task) => UpperBits.Of(Tasks.Single(each => each.Name == task), 1));
        Assert.Contains("was trained on other slices", Assert.Throws<InvalidDataException>(() => others.Requantise()).Message, StringComparison.Ordinal);

        PlannedRun longer = planned[0] with { Steps = 9 };
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Runs([longer], "out").Run());
        Assert.Contains("is of another run", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A compression reads fewer bits than the network that it begins with, and is compared with that network on all of its bits.</summary>
    [Fact]
    public void A_compression_on_fewer_bits_is_compared_with_the_whole_network()
    {
        ExperimentRow plain = new("plain", [4, 6], Steps: 30), small = new("small", [4, 6], Steps: 10, Kind: RunKind.Compression, From: "plain", Bits: [3], ActivationBits: 4, Zeros: 0.4, Lanes: 6, InputBits: 2);
        PlannedRun[] planned = [.. File(plain, small).Runs()];
        Assert.Equal(RunOutcome.Finished, Runs(planned, "out", (run, task) => UpperBits.Of(Tasks.Single(each => each.Name == task), 7 - run.Row.InputBits)).Run());
        RunMetrics whole = RunMetrics.Load(Path.Combine(Committed, "plain-7.json")), few = RunMetrics.Load(Path.Combine(Committed, "small-7.json"));
        Assert.EndsWith("; six lanes; input 2 bits", few.Configuration, StringComparison.Ordinal);
        Assert.Equal(whole.Tasks.Select(task => task.Float), few.Tasks.Select(task => task.Float));
        ModelArtifact model = ModelReader.Read(System.IO.File.ReadAllText(Path.Combine(folder, "out", "small-7", ExperimentRun.ModelFile))).Model!;
        Assert.Equal(2, model.Input.Bits);
        Assert.Equal(IntegerForward.Correct(model, [.. Tasks.Select(task => UpperBits.Of(task, 5).Test)]), few.Tasks.Select(task => task.Quantised));
    }

    [Fact]
    public void A_run_killed_at_any_step_ends_with_the_same_numbers()
    {
        PlannedRun run = File(new ExperimentRow("gated", [4, 6], Alpha: 0.5m, CostMeasure.Parameters, Lambda: 0.01)).Runs().Single();
        Assert.Equal(RunOutcome.Finished, Runs([run], "whole").Run());
        RunMetrics whole = RunMetrics.Load(Path.Combine(folder, "whole", run.Name, RunMetrics.FileName));
        string log = System.IO.File.ReadAllText(Path.Combine(folder, "whole", run.Name, RunLog.FileName));
        Directory.Delete(Committed, recursive: true);

        // What a killed process leaves: a checkpoint of some step, a log that is further, half a line of it, and no numbers.
        string left = Path.Combine(folder, "killed", run.Name);
        Directory.CreateDirectory(left);
        using (var session = new TrainingSession(TinyTasks.Shape(Tasks, 0.5m, 4, 6), Tasks, run.Training))
        {
            while (session.Step < 13)
                session.RunStep();
            session.Save(Path.Combine(left, ExperimentRun.CheckpointFile), NetworkTraining.Identity(session.Network.Shape, Tasks, run.Training));
        }

        System.IO.File.WriteAllText(Path.Combine(left, RunLog.FileName), log[..(log.IndexOf("\n20,", StringComparison.Ordinal) + 9)]);
        Assert.Equal(RunOutcome.Finished, Runs([run], "killed").Run());
        RunMetrics resumed = RunMetrics.Load(Path.Combine(left, RunMetrics.FileName));
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(whole.Tasks), System.Text.Json.JsonSerializer.Serialize(resumed.Tasks));
        Assert.Equal(log, System.IO.File.ReadAllText(Path.Combine(left, RunLog.FileName)));
        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(folder, "whole", run.Name, ExperimentRun.ModelFile)), System.IO.File.ReadAllText(Path.Combine(left, ExperimentRun.ModelFile)));
    }

    [Fact]
    public void A_run_that_another_process_is_at_is_left_to_it()
    {
        PlannedRun run = File(new ExperimentRow("plain", [4, 6])).Runs().Single();
        using RunFolder? held = RunFolder.Take(Path.Combine(folder, "out", run.Name), out _);
        Assert.NotNull(held);
        Assert.Equal(RunOutcome.Finished, Runs([run], "out", (_, _) => throw new InvalidOperationException("loaded")).Run());
        Assert.Contains("0 of 1 runs, 1 left to other processes", terminal.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"test\":24", "\"test\":0")]
    [InlineData("\"test\":24", "\"test\":3")]
    [InlineData("\"majority\":8", "\"majority\":-8")]
    [InlineData("\"confusion\":[[0,", "\"confusion\":[[3,")]
    [InlineData("\"tasks\":[", "\"tasks\":[null,")]
    public void Numbers_that_cannot_be_are_refused(string right, string wrong)
    {
        PlannedRun run = File(new ExperimentRow("linear", [], Each: true, Kind: RunKind.Linear)).Runs()[0];
        Assert.Equal(RunOutcome.Finished, Runs([run], "out").Run());
        string numbers = Path.Combine(Committed, run.Name + ".json"), text = System.IO.File.ReadAllText(numbers);
        Assert.Equal(run.Name, RunMetrics.Load(numbers).Run);
        Assert.Contains(right, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(numbers, text.Replace(right, wrong, StringComparison.Ordinal));
        Assert.StartsWith(numbers, Assert.Throws<InvalidDataException>(() => RunMetrics.Load(numbers)).Message, StringComparison.Ordinal);
    }

    /// <summary>A process that ended between a run's last line and its copy leaves numbers in the run's folder alone.</summary>
    [Fact]
    public void Numbers_that_were_not_copied_are()
    {
        PlannedRun[] planned = [.. File(new ExperimentRow("linear", [], Each: true, Kind: RunKind.Linear)).Runs()];
        Assert.Equal(RunOutcome.Finished, Runs(planned, "out").Run());
        string[] numbers = Directory.GetFiles(Committed);
        Directory.Delete(Committed, recursive: true);
        Assert.Equal(RunOutcome.Finished, Runs(planned, "out", (_, _) => throw new InvalidOperationException("loaded")).Run());
        Assert.Equal(numbers, Directory.GetFiles(Committed));
    }

    [Fact]
    public void Folders_that_cannot_be_written_end_the_run_before_it_trains()
    {
        PlannedRun[] planned = [.. File(new ExperimentRow("gated", [4, 6], Alpha: 0.5m, Lambda: 1), new ExperimentRow("random", [4, 6], Alpha: 0.5m, Gates: GateChoice.Random, Like: "gated")).Runs()];
        Func<PlannedRun, string, TaskData> loads = (_, _) => throw new InvalidOperationException("loaded");
        System.IO.File.WriteAllText(Path.Combine(folder, "file"), "");
        Assert.Equal(RunOutcome.Failed, Runs(planned, "file", loads).Run());

        // Nor is a row waited for whose cost another is held to.
        Assert.Equal(RunOutcome.Failed, Runs(planned[1..], "file", loads, planned).Run());
        Assert.Contains("cannot be made", terminal.Text, StringComparison.Ordinal);
        Directory.Delete(Committed, recursive: true);
        System.IO.File.WriteAllText(Committed, "");
        Assert.Equal(RunOutcome.Failed, Runs(planned, "out", loads).Run());
        Assert.Contains("Choose another with --results", terminal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_in_the_folder_of_another_configuration_is_not_taken()
    {
        ExperimentRow plain = new("plain", [4, 6]), small = new("small", [4, 6], Steps: 0, Kind: RunKind.Compression, From: "plain", Bits: [4], Lanes: 0);
        Assert.Equal(RunOutcome.Finished, Runs([.. File(plain).Runs()], "out").Run());
        PlannedRun[] other = [.. File(plain with { Steps = 29 }, small).Runs()];
        Assert.Contains("plain-7.json is of another run", Assert.Throws<InvalidDataException>(() => Runs(other[1..], "out", load: null, other).Run()).Message, StringComparison.Ordinal);
        PlannedRun[] same = [.. File(plain, small).Runs()];
        Assert.Equal(RunOutcome.Finished, Runs(same, "out").Run());
    }

    [Fact]
    public void Closed_adapters_change_no_answer()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks, alpha: null, 4, 6), Tasks, TinyTasks.Options(8));
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        using MultiTaskNetwork closed = ClosedAdapters.Of(session.Network);
        for (int k = 0; k < Tasks.Count; k++)
        {
            using TorchSharp.torch.Tensor codes = BatchSource.Images(Tasks[k].Test.Codes, TinyTasks.Input);
            BatchSlice[] all = [new BatchSlice(k, 0, Tasks[k].Test.Count)];
            float[] expected = session.Network.Forward(codes, all)[0].data<float>().ToArray(), found = closed.Forward(codes, all)[0].data<float>().ToArray();
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
            Assert.All(closed.OpenGates(k), layer => Assert.Equal([false], layer));
        }
    }

    private static ExperimentFile File(params ExperimentRow[] rows) => new([.. Tasks.Select(task => task.Name)], "integer", Steps: 30, Batch: 16, LearningRate: 3e-3, Seeds: [7], rows);

    private ExperimentRuns Runs(IReadOnlyList<PlannedRun> planned, string name, Func<PlannedRun, string, TaskData>? load = null, IReadOnlyList<PlannedRun>? all = null) =>
        new(planned, TinyTasks.Input, load ?? ((_, task) => Tasks.Single(each => each.Name == task)), Path.Combine(folder, name), Committed, terminal.Console, all);
}
