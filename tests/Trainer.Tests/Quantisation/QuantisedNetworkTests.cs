using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Quantisation;

[Collection(TorchTests.Name)]
public sealed class QuantisedNetworkTests
{
    public QuantisedNetworkTests() => set_num_threads(1);

    public static TheoryData<int, int, int, int, int, bool> Networks => new()
    {
        // seed, tasks, steps trained, weight bits, activation bits, nothing padded in time
        { 1, 2, 0, 8, 7, false },
        { 2, 3, 0, 4, 7, false },
        { 3, 2, 25, 8, 8, false },
        { 4, 1, 25, 2, 3, false },
        { 5, 3, 10, 6, 5, false },
        { 6, 2, 10, 8, 1, false },
        { 9, 2, 25, 8, 7, true },
        { 10, 3, 0, 4, 6, true },
    };

    /// <summary>Two independent implementations, every buffer: the trainer's tensors and the compiler's loops.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Integer_forward_equals_the_compilers_interpreter(int seed, int taskCount, int steps, int weightBits, int activationBits, bool isStreaming)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelArtifact model = Quantised(seed, taskCount, steps, weightBits, activationBits, out _, isStreaming);
        Assert.Contains(model.Tasks.SelectMany(t => t.Layers), layer => layer.Gates.Contains(false));
        byte[][] slices = [.. Enumerable.Range(0, 3).Select(TinyTasks.RandomCodes), new byte[256], [.. Enumerable.Repeat((byte)127, 256)]];
        Tensor codes = BatchSource.Images(slices, model.Input).to_type(ScalarType.Float64);
        foreach (int[] subset in Subsets(taskCount))
        {
            IntegerTrace trace = IntegerForward.Run(model, codes, subset);
            Network network = NetworkBuilder.Build(model, [.. subset.Select(k => model.Tasks[k].Name)]);
            Assert.Empty(RangeViolations.Of(network));
            for (int n = 0; n < slices.Length; n++)
                AssertEqual(FixedPointInterpreter.Run(network, slices[n]), trace, network, subset, n);
        }
    }

    [Fact]
    public void Eight_bits_come_close_to_floats()
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        using var session = new TrainingSession(TinyTasks.Shape(tasks), tasks, TinyTasks.Options(100, rate: 1e-2));
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        ModelArtifact model = Export(session.Network, tasks, QuantisationOptions.Default);
        for (int k = 0; k < tasks.Count; k++)
        {
            Tensor images = BatchSource.Images(tasks[k].Test.Codes, TinyTasks.Input);
            Tensor real = session.Network.Forward(images, [new BatchSlice(k, 0, tasks[k].Test.Count)])[0].to_type(ScalarType.Float64);
            double unit = double.Parse(model.Tasks[k].Head.Scale, System.Globalization.CultureInfo.InvariantCulture);
            Tensor quantised = IntegerForward.Run(model, images.to_type(ScalarType.Float64), [k]).Logits[k]! * unit;
            double error = (quantised - real).pow(2).mean().sqrt().item<double>() / real.std().item<double>();
            Assert.True(error < 0.05, $"task {k}: root mean square error {error:F4} of the logits' spread");
        }
    }

    [Fact]
    public void Flipping_a_digit_is_exporting_with_that_gate()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        using var network = new MultiTaskNetwork(TinyTasks.Shape(tasks), 3);
        CloseSomeGates(network, 3);
        var quantiser = new Quantiser(network, QuantisationOptions.Default);
        Calibration calibration = quantiser.Calibrate([.. tasks.Select(t => t.Train)]);
        bool[][][] gates = quantiser.TrainedGates();
        ModelArtifact before = quantiser.Export(calibration, gates, Labels(tasks));
        gates[1][1][0] = !gates[1][1][0];
        ModelArtifact after = quantiser.Export(calibration, gates, Labels(tasks));

        TaskArtifact task = before.Tasks[1];
        LayerArtifact layer = task.Layers[1];
        LayerArtifact flipped = layer with { Gates = layer.Gates.Select((open, c) => c == 0 ? !open : open).ToValueArray() };
        TaskArtifact edited = task with { Layers = task.Layers.Select((l, i) => i == 1 ? flipped : l).ToValueArray() };
        Assert.NotEqual(before, after);
        Assert.Equal(after, before with { Tasks = ValueArray.Of(before.Tasks[0], edited) });
    }

    /// <summary>The offset kept apart is what the open channel adds, so that both gate positions match the float network with that gate.</summary>
    [Fact]
    public void Either_position_of_a_gate_comes_close_to_floats()
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<TaskData> tasks = TinyTasks.Make(tasks: 1);
        using var session = new TrainingSession(TinyTasks.Shape(tasks), tasks, TinyTasks.Options(100, rate: 1e-2));
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        MultiTaskNetwork network = session.Network;
        ModelArtifact model = Export(network, tasks, QuantisationOptions.Default);
        Tensor images = BatchSource.Images(tasks[0].Test.Codes, TinyTasks.Input);
        double unit = double.Parse(model.Tasks[0].Head.Scale, System.Globalization.CultureInfo.InvariantCulture);
        TaskArtifact task = model.Tasks[0];
        for (int layer = 0; layer < task.Layers.Count; layer++)
        {
            ValueArray<bool> gates = task.Layers[layer].Gates.Select((open, c) => c == 0 ? !open : open).ToValueArray();
            TaskArtifact edited = task with { Layers = task.Layers.Select((l, i) => i == layer ? l with { Gates = gates } : l).ToValueArray() };
            Tensor quantised = IntegerForward.Run(model with { Tasks = ValueArray.Of(edited) }, images.to_type(ScalarType.Float64)).Logits[0]! * unit;
            Tensor real = WithFlippedGate(network, layer, images);
            double error = (quantised - real).pow(2).mean().sqrt().item<double>() / real.std().item<double>();
            Assert.True(error < 0.15, $"layer {layer + 1}: root mean square error {error:F4} of the logits' spread");
        }
    }

    [Fact]
    public void The_model_file_reads_back()
    {
        ModelArtifact model = Quantised(5, 2, 0, 5, 6, out _);
        Assert.Equal(model, ModelReader.Read(ModelWriter.Write(model)).Model);
    }

    private static Tensor WithFlippedGate(MultiTaskNetwork network, int layer, Tensor images)
    {
        using IDisposable noGradient = no_grad();
        Tensor gate = network.Adapters[0][layer].Gate!;
        gate[0].neg_();
        Tensor logits = network.Forward(images, [new BatchSlice(0, 0, images.shape[0])])[0].to_type(ScalarType.Float64);
        gate[0].neg_();
        return logits;
    }

    private static ModelArtifact Quantised(int seed, int taskCount, int steps, int weightBits, int activationBits, out IReadOnlyList<TaskData> tasks, bool isStreaming = false)
    {
        tasks = TinyTasks.Make(taskCount, slices: 24);
        int[][] channels = [[4, 6, 8], [3, 5], [6], [2, 3, 4, 5]];
        using var session = new TrainingSession(
            TinyTasks.Shape(tasks, 0.6m, channels[seed % channels.Length]) with { IsStreaming = isStreaming }, tasks, TinyTasks.Options(Math.Max(1, steps)) with { Seed = seed });
        for (int step = 0; step < steps; step++)
            session.RunStep();
        session.UseBest();
        CloseSomeGates(session.Network, seed);
        return Export(session.Network, tasks, new QuantisationOptions(ValueArray.Of(weightBits, 8, weightBits), activationBits));
    }

    private static ModelArtifact Export(MultiTaskNetwork network, IReadOnlyList<TaskData> tasks, QuantisationOptions options)
    {
        var quantiser = new Quantiser(network, options);
        return quantiser.Export(quantiser.Calibrate([.. tasks.Select(t => t.Train)]), quantiser.TrainedGates(), Labels(tasks));
    }

    private static ModelLabels Labels(IReadOnlyList<TaskData> tasks) => new("tiny", "test", TinyTasks.FrontEnd, [.. tasks.Select(t => t.Labels)]);

    /// <summary>A third of the gates closed, and for even seeds one layer altogether.</summary>
    private static void CloseSomeGates(MultiTaskNetwork network, int seed)
    {
        using IDisposable noGradient = no_grad();
        network.Slope = Gates.LastSlope;
        var random = new SeededRandom(seed, 42);
        foreach (EncoderBlock block in network.Adapters.SelectMany(blocks => blocks))
        {
            float[] open = [.. Enumerable.Range(0, (int)block.Gate!.numel()).Select(_ => random.Next(3) == 0 ? -1f : 1f)];
            block.Gate.copy_(tensor(open));
        }

        network.Adapters[0][0].Gate![0].fill_(-1f);
        if (seed % 2 == 0)
            network.Adapters[^1][1].Gate!.fill_(-1f);
    }

    private static IEnumerable<int[]> Subsets(int tasks) =>
        Enumerable.Range(1, (1 << tasks) - 1).Select(bits => Enumerable.Range(0, tasks).Where(k => (bits >> k & 1) != 0).ToArray());

    private static void AssertEqual(Inference expected, IntegerTrace trace, Network network, int[] subset, int slice)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Assert.Equal(expected.Layers[i].Shared, Buffers(trace.Shared[i], slice));
            for (int k = 0; k < subset.Length; k++)
            {
                int[][] all = Buffers(trace.Adapters[subset[k]][i], slice);
                Assert.Equal(expected.Layers[i].Adapters[k], network.Layers[i].Adapters[k].Channels.Select(c => all[c.Number - 1]));
            }
        }

        for (int k = 0; k < subset.Length; k++)
            Assert.Equal(expected.Logits[k], trace.Logits[subset[k]]![slice].data<double>().Select(v => (int)v));
    }

    private static int[][] Buffers(Tensor values, int slice)
    {
        using Tensor rows = values[slice].reshape(values.shape[1], -1);
        return [.. rows.data<double>().Select(v => (int)v).Chunk((int)rows.shape[1])];
    }
}
