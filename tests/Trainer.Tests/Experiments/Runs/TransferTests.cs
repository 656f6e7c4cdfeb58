using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Experiments.Runs;

/// <summary>Pretraining without labels, and adapters beside an encoder that stays as it is: on images of 24 x 16 that are loud or quiet from beginning to end.</summary>
[Collection(TorchTests.Name)]
public sealed class TransferTests : IDisposable
{
    private static readonly InputSpec Input = new(Frames: 24, Bands: 16, Bits: 7);

    private static readonly IReadOnlyList<TaskData> Tasks = [Stripes("task-a", 1), Stripes("task-b", 2)];

    private readonly string folder = Directory.CreateTempSubdirectory("adapter-transfer").FullName;
    private readonly QuietConsole terminal = new();

    public TransferTests() => TorchSharp.torch.set_num_threads(1);

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        terminal.Dispose();
    }

    [Fact]
    public void The_middle_is_learnt_from_before_and_after_and_a_stopped_session_goes_on_alike()
    {
        TrainingOptions options = new(60, 16, Seed: 3, Lambda: 0, CostMeasure.Parameters, 1e-2);
        using var whole = new ContextPrediction(ValueArray.Of(4, 6), Input, Tasks, options);
        double before = whole.Explained();
        while (whole.Step < 30)
            whole.RunStep();
        string path = Path.Combine(folder, "half.dat");
        whole.Save(path, "run");
        while (whole.Step < options.Steps)
            whole.RunStep();
        Assert.InRange(whole.Explained(), Math.Max(0.2, before + 0.1), 1);

        using var resumed = new ContextPrediction(ValueArray.Of(4, 6), Input, Tasks, options);
        Assert.Throws<InvalidDataException>(() => resumed.Load(path, "another"));
        resumed.Load(path, "run");
        while (resumed.Step < options.Steps)
            resumed.RunStep();
        Assert.Equal(whole.Explained(), resumed.Explained());
    }

    [Fact]
    public void A_frozen_encoder_is_the_same_after_training_and_adapters_learn_beside_it()
    {
        ExperimentRow pretraining = new("cbow", [4, 6], Kind: RunKind.Pretraining), head = new("frozen", [4, 6], Encoder: "cbow"), adapters = new("beside", [4, 6], Alpha: 0.5m, Lambda: 1e-4, Encoder: "cbow");
        ExperimentRow norms = new("norms", [4, 6], Each: true, Encoder: "cbow", Use: EncoderUse.Norms), tuned = new("tuned", [4, 6], Each: true, Encoder: "cbow", Use: EncoderUse.Tuned);
        ExperimentRow residual = new("residual", [4, 6], Each: true, Encoder: "cbow", Use: EncoderUse.Residual);
        var file = new ExperimentFile(["task-a", "task-b"], "integer", 20, 16, 1e-2, [4], [pretraining, head, adapters, norms, tuned, residual]);
        var runs = new ExperimentRuns(file.Runs(), Input, (_, task) => Tasks.Single(each => each.Name == task), Path.Combine(folder, "out"), Path.Combine(folder, "done"), terminal.Console);
        Assert.Equal(RunOutcome.Finished, runs.Run());

        using MultiTaskNetwork source = PretrainingRun.Load(Path.Combine(folder, "out", "cbow-4", PretrainingRun.EncoderFile), new NetworkShape(Input, ValueArray.Of(4, 6), null, ValueArray.Of(new TaskShape("t", 2))));
        foreach (string name in (string[])["frozen-4", "beside-4"])
        {
            using var trained = FloatWeights.Load(Path.Combine(folder, "out", name, ExperimentRun.WeightsFile));
            foreach ((EncoderBlock own, EncoderBlock other) in trained.Network.Shared.Zip(source.Shared))
            {
                Assert.Equal(Values(other.Weight), Values(own.Weight));
                Assert.Equal(Values(other.NormShift), Values(own.NormShift));
                Assert.Equal(Values(other.RunningMean), Values(own.RunningMean));
            }

            Assert.Equal(Values(source.Input.Shift), Values(trained.Network.Input.Shift));
        }

        foreach ((string name, bool areWeightsKept) in new[] { ("norms-task-a-4", true), ("tuned-task-b-4", false) })
        {
            using var trained = FloatWeights.Load(Path.Combine(folder, "out", name, ExperimentRun.WeightsFile));
            foreach ((EncoderBlock own, EncoderBlock other) in trained.Network.Shared.Zip(source.Shared))
            {
                Assert.Equal(areWeightsKept, Values(other.Weight).SequenceEqual(Values(own.Weight)));
                Assert.NotEqual(Values(other.NormShift), Values(own.NormShift));
                Assert.NotEqual(Values(other.RunningMean), Values(own.RunningMean));
            }
        }

        // Beside each 3 x 3 convolution one of 1 x 1: in every kernel the middle tap moves, and no other.
        using (var trained = FloatWeights.Load(Path.Combine(folder, "out", "residual-task-a-4", ExperimentRun.WeightsFile)))
        {
            foreach ((EncoderBlock own, EncoderBlock other) in trained.Network.Shared.Zip(source.Shared))
            {
                bool[] moved = [.. Values(own.Weight).Zip(Values(other.Weight), (now, before) => now != before)];
                Assert.Equal(moved.Select((_, i) => own.Weight.dim() == 4 && i % 9 == 4), moved);
                Assert.Equal(Values(other.Bias), Values(own.Bias));
                Assert.NotEqual(Values(other.NormShift), Values(own.NormShift));
            }
        }

        RunMetrics beside = RunMetrics.Load(Path.Combine(folder, "done", "beside-4.json"));
        Assert.EndsWith("frozen encoder of cbow", beside.Configuration, StringComparison.Ordinal);
        Assert.Contains("explained", RunMetrics.Load(Path.Combine(folder, "done", "cbow-4.json")).Data, StringComparison.Ordinal);
        static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();
    }

    [Fact]
    public void A_row_needs_the_encoder_that_it_names()
    {
        string path = Path.Combine(folder, "e.json");
        File.WriteAllText(path, """{ "tasks": ["a"], "frontEnd": "integer", "steps": 1, "batch": 2, "learningRate": 1, "seeds": [1], "rows": [{ "name": "x", "channels": [4], "encoder": "cbow" }] }""");
        Assert.Contains("no row of the kind pretraining", Assert.Throws<InvalidDataException>(() => ExperimentFile.Read(path)).Message, StringComparison.Ordinal);
    }

    // Broad stripes or thin ones, and as loud in the middle as before and after.
    private static TaskData Stripes(string name, int seed)
    {
        return new TaskData(name, ["broad", "thin"], Set(1, 48), Set(2, 16), Set(3, 16));

        SliceSet Set(int split, int count) => new(
            [.. Enumerable.Range(0, count).Select(i =>
            {
                var random = new SeededRandom(seed, split, i);
                int width = i % 2 == 0 ? 4 : 2, phase = random.Next(8), level = random.Next(60);
                return Enumerable.Range(0, Input.Frames * Input.Bands).Select(p => (byte)(level + random.Next(20) + (((p % Input.Bands) + phase) / width % 2 == 0 ? 30 : 0))).ToArray();
            })],
            [.. Enumerable.Range(0, count).Select(i => i % 2)]);
    }
}
