using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Compression;

[Collection(TorchTests.Name)]
public sealed class CompressionTests
{
    public CompressionTests() => set_num_threads(1);

    public static TheoryData<int, int, int, int, double> Networks => new()
    {
        // seed, tasks, weight bits, activation bits, zeros
        { 1, 2, 8, 7, 0 },
        { 2, 3, 4, 7, 0.7 },
        { 3, 1, 3, 4, 0.5 },
        { 4, 2, 2, 7, 0.3 },
        { 5, 2, 6, 3, 0.9 },
    };

    /// <summary>What the network computes while it learns is what the compiler's interpreter makes of its export: every buffer of every layer, and the logits.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Integers_in_training_are_the_interpreters(int seed, int taskCount, int weightBits, int activationBits, double zeros)
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<TaskData> tasks = TinyTasks.Make(taskCount, slices: 24);
        using MultiTaskNetwork teacher = Trained(tasks, seed), student = Copy(teacher);
        using var session = new CompressionSession(teacher, student, tasks, Options(8, weightBits, activationBits, zeros, seed));
        for (int step = 0; step < 8; step++)
        {
            if (step is 0 or 4)
                AssertSame(session, tasks);
            session.RunStep();
        }

        session.UseBest();
        AssertSame(session, tasks);
    }

    [Fact]
    public void Zeros_are_as_many_as_asked_for_and_stay()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        using MultiTaskNetwork teacher = Trained(tasks, 1), student = Copy(teacher);
        CompressionOptions options = Options(40, 8, 7, 0.8, 1);
        using var session = new CompressionSession(teacher, student, tasks, options);
        while (session.Step < options.LastPruning)
            session.RunStep();
        bool[][] pruned = Zero(student);
        Assert.InRange(Share(student), 0.79, 0.8001);
        float[] before = [.. student.Shared[1].Weight.data<float>()];
        while (!session.Finished)
            session.RunStep();
        Assert.NotEqual(before, [.. student.Shared[1].Weight.data<float>()]);
        foreach ((bool[] first, bool[] last) in pruned.Zip(Zero(student)))
            Assert.All(first.Zip(last), each => Assert.True(!each.First || each.Second, "a zero came back"));
        session.UseBest();
        ModelArtifact model = session.Export(Labels(tasks));
        (long all, long zeros) = WeightCount.Of(model);
        Assert.InRange((double)zeros / all, 0.7, 0.95);
        (int convolutions, int embedding) = AdapterCost.SharedWeights(student.Shape);
        double own = tasks.Select((task, k) => TaskCost.Of(student.Shape, task.Labels.Count, [.. student.OpenGates(k).Select(layer => layer.Count(isOpen => isOpen))]).Parameters).Sum();
        Assert.Equal(convolutions + embedding + (1e3 * own), all, 6);
    }

    /// <summary>With the coarsest scale that holds the largest weight three values are 0 nearly everywhere, and such a network has nothing left to learn from.</summary>
    [Theory]
    [InlineData(2, 0.25)]
    [InlineData(3, 0.5)]
    public void Few_bits_leave_weights_to_begin_with(int bits, double kept)
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        using MultiTaskNetwork teacher = Trained(tasks, 3), student = Copy(teacher);
        using var session = new CompressionSession(teacher, student, tasks, Options(0, bits, 7, 0, 1));
        session.UseBest();
        (long all, long zeros) = WeightCount.Of(session.Export(Labels(tasks)));
        Assert.InRange((double)zeros / all, 0, 1 - kept);
    }

    /// <summary>A weight without a say goes first: the loss does not feel it.</summary>
    [Fact]
    public void What_the_loss_does_not_feel_is_pruned_first()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make(tasks: 1);
        using MultiTaskNetwork network = Trained(tasks, 2);
        using var quantised = new QuantisedNetwork(network, QuantisationOptions.Default, new Quantiser(network, QuantisationOptions.Default).Calibrate([tasks[0].Train]));
        using var optimiser = new AdamOptimiser(quantised.Learning);
        using (no_grad())
        {
            foreach ((string _, Parameter parameter) in quantised.Learning)
                parameter.grad = ones_like(parameter);
            network.Shared[1].Weight.grad![0] = full(1, 1e-6f);
        }

        optimiser.Step(0, _ => 1e-6);
        new Pruning(quantised, optimiser).Run(0.02);
        bool[] zero = [.. network.Shared[1].Weight.eq(0).data<bool>()];
        int row = zero.Length / (int)network.Shared[1].Weight.shape[0];
        Assert.Contains(true, zero.Take(row));
        Assert.DoesNotContain(true, zero.Skip(row));
    }

    /// <summary>The compiler proves four lanes for every channel, without digits, where it did not before; a network far inside the bound is not touched.</summary>
    [Fact]
    public void Sums_are_held_where_four_lanes_hold_them()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        using MultiTaskNetwork network = Trained(tasks, 3);
        var quantiser = new Quantiser(network, QuantisationOptions.Default);
        using var quantised = new QuantisedNetwork(network, QuantisationOptions.Default, quantiser.Calibrate([.. tasks.Select(task => task.Train)]));
        var bound = new LaneBound(quantised);
        Assert.True(bound.Widest() > 1, "8 bits fit without help");
        Assert.True(Passing(Export()) > 0, "the compiler's own proof finds nothing to hold");
        Tensor[] before = Logits();
        bound.Enforce();
        Assert.InRange(bound.Widest(), 0.5, 1);
        Assert.Equal(0, Passing(Export()));

        // Coarser, not another function: steps grow by what sums shrink.
        foreach ((Tensor first, Tensor last) in before.Zip(Logits()))
            Assert.True((first - last).square().mean().sqrt().item<float>() < 0.35 * first.std().item<float>(), "other answers");
        float[][] held = Values();
        bound.Enforce();
        Assert.Equal(held, Values());

        ModelArtifact Export() => quantiser.Export(quantised.Calibration(), quantiser.TrainedGates(), Labels(tasks));
        float[][] Values() => [.. quantised.named_parameters().Select(each => each.parameter.data<float>().ToArray())];
        Tensor[] Logits()
        {
            using IDisposable noGradient = no_grad();
            return quantised.Forward(BatchSource.Images(tasks[0].Test.Codes, TinyTasks.Input), [new BatchSlice(0, 0, tasks[0].Test.Count)]);
        }
    }

    [Fact]
    public void A_session_that_was_stopped_ends_with_the_same_integers()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        CompressionOptions options = Options(30, 4, 7, 0.5, 4);
        string path = Path.GetTempFileName();
        try
        {
            using MultiTaskNetwork teacher = Trained(tasks, 4), student = Copy(teacher), again = Copy(teacher);
            using var whole = new CompressionSession(teacher, student, tasks, options);
            while (!whole.Finished)
            {
                whole.RunStep();
                if (whole.Step == 22)
                    whole.Save(path, "this run");
            }

            whole.UseBest();
            using var rest = new CompressionSession(teacher, again, tasks, options);
            Assert.Contains("another run", Assert.Throws<InvalidDataException>(() => rest.Load(path, "other")).Message, StringComparison.Ordinal);
            rest.Load(path, "this run");
            Assert.Equal(22, rest.Step);
            while (!rest.Finished)
                rest.RunStep();
            rest.UseBest();
            Assert.Equal(whole.Export(Labels(tasks)), rest.Export(Labels(tasks)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>On slices that neither training nor any choice looked at, two-bit weights come closer to the float network's answers than rounding alone brings them.</summary>
    [Fact]
    public void Learning_beats_rounding_alone()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        using MultiTaskNetwork teacher = Trained(tasks, 5, steps: 60), student = Copy(teacher), rounded = Copy(teacher);
        using var session = new CompressionSession(teacher, student, tasks, Options(40, 2, 7, 0, 5) with { Distillation = 1 });
        using var alone = new CompressionSession(teacher, rounded, tasks, Options(0, 2, 7, 0, 5));
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        alone.UseBest();
        Assert.True(Distance(session) < 0.8 * Distance(alone), $"{Distance(session):F3} after learning, {Distance(alone):F3} without");

        double Distance(CompressionSession each)
        {
            using IDisposable noGradient = no_grad();
            using DisposeScope scope = NewDisposeScope();
            return tasks.Select((task, k) =>
            {
                Tensor images = BatchSource.Images(task.Test.Codes, TinyTasks.Input);
                BatchSlice[] slice = [new BatchSlice(k, 0, task.Test.Count)];
                return (nn.functional.softmax(each.Network.Forward(images, slice)[0], 1) - nn.functional.softmax(teacher.Forward(images, slice)[0], 1)).abs().mean().item<float>();
            }).Average();
        }
    }

    [Fact]
    public void Gradients_pass_roundings_and_stop_where_codes_are_clipped()
    {
        Tensor values = tensor((double[])[-1.6, 0.4, 2.5]).requires_grad_();
        Assert.Equal([-2.0, 0, 2], [.. StraightThrough.Round(values).data<double>()]);
        StraightThrough.Round(values).sum().backward();
        Assert.Equal([1.0, 1, 1], [.. values.grad!.data<double>()]);

        Tensor sums = tensor((float[])[0, 31, 127 * 16, (127 * 16) + 15, 5000]).reshape(5, 1).requires_grad_();
        Tensor codes = StraightThrough.Codes(sums, full(1, 16f), 127);
        Assert.Equal([0f, 1, 127, 127, 127], [.. codes.data<float>()]);
        codes.sum().backward();
        Assert.Equal([1 / 16f, 1 / 16f, 1 / 16f, 0, 0], [.. sums.grad!.data<float>()]);
    }

    private static void AssertSame(CompressionSession session, IReadOnlyList<TaskData> tasks)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ModelArtifact model = session.Export(Labels(tasks));
        byte[][] slices = [TinyTasks.RandomCodes(7), new byte[256], [.. Enumerable.Repeat((byte)127, 256)], tasks[0].Test.Codes[0]];
        for (int k = 0; k < tasks.Count; k++)
        {
            var seen = new List<int[][]>();
            Tensor[] logits = session.Network.Forward(
                BatchSource.Images(slices, TinyTasks.Input), [new BatchSlice(k, 0, slices.Length)],
                (_, _, codes) => seen.Add([.. codes.transpose(0, 1).reshape(codes.shape[1], -1).unbind(0).Select(row => row.contiguous().data<float>().Select(v => (int)v).ToArray())]));
            Network network = NetworkBuilder.Build(model, [tasks[k].Name]);
            double unit = double.Parse(model.Tasks[k].Head.Scale, System.Globalization.CultureInfo.InvariantCulture);
            for (int n = 0; n < slices.Length; n++)
            {
                Inference expected = FixedPointInterpreter.Run(network, slices[n]);
                for (int i = 0; i < network.Layers.Count; i++)
                {
                    int[][] all = [.. seen[i].Select(row => row.Chunk(row.Length / slices.Length).ElementAt(n))];
                    // Channels that nothing reads are gone from the interpreter's network.
                    int[] open = [.. model.Tasks[k].Layers[i].Gates.Select((isOpen, c) => isOpen ? c + 1 : 0).Where(number => number > 0)];
                    int shared = expected.Layers[i].Shared.Length;
                    Assert.Equal(expected.Layers[i].Shared, all[..shared]);
                    Assert.Equal(shared + open.Length, all.Length);
                    Assert.Equal(expected.Layers[i].Adapters[0], network.Layers[i].Adapters[0].Channels.Select(channel => all[shared + Array.IndexOf(open, channel.Number)]));
                }

                float[] real = [.. logits[0][n].data<float>()];
                Assert.Equal(expected.Logits[0], real.Select(value => (int)Math.Round(value / unit)));
            }
        }
    }

    /// <summary>Channels that four lanes do not hold as they are, by the compiler's proof.</summary>
    private static int Passing(ModelArtifact model)
    {
        Network network = NetworkBuilder.Build(model, [.. model.Tasks.Select(task => task.Name)]);
        return network.Layers.Where(layer => layer.Operator.ReadsImage).Sum(layer => layer.Blocks.Sum(each =>
        {
            InputMaxima maxima = network.MaximaOf(layer, each.Task);
            return each.Block.Channels.Count(channel =>
            {
                var range = AdapterCompiler.Arithmetic.RangeProof.Of(channel.Bias, channel.Weights, layer.Operator.Weights(each.Block.SharedInputs), maxima.Shared, maxima.Own);
                return range.High >= LaneBound.Lane || range.Low < -LaneBound.Lane;
            });
        }));
    }

    private static bool[][] Zero(MultiTaskNetwork network)
    {
        using IDisposable noGradient = no_grad();
        return [.. network.Shared.Concat(network.Adapters.SelectMany(blocks => blocks)).Select(block => block.Weight).Concat(network.Heads.Select(head => head.Weight)).Select(weight => weight.eq(0).data<bool>().ToArray())];
    }

    /// <summary>Zeros among the weights between open channels, counted one by one.</summary>
    private static double Share(MultiTaskNetwork network)
    {
        using IDisposable noGradient = no_grad();
        long all = 0, zeros = 0;
        foreach (EncoderBlock block in network.Shared)
            Count(block.Weight, null, []);
        for (int k = 0; k < network.Heads.Count; k++)
        {
            for (int i = 0; i < network.Adapters[k].Count; i++)
                Count(network.Adapters[k][i].Weight, Open(network.Adapters[k][i]), i == 0 ? [] : Open(network.Adapters[k][i - 1]));
            Count(network.Heads[k].Weight, null, Open(network.Adapters[k][^1]));
        }

        return (double)zeros / all;

        bool[] Open(EncoderBlock block) => [.. block.Gate!.data<float>().Select(gate => gate > 0)];

        void Count(Tensor weight, bool[]? outputs, bool[] own)
        {
            float[] values = [.. weight.data<float>()];
            long inputs = weight.shape[1], taps = values.Length / weight.shape[0] / inputs, shared = inputs - own.Length;
            for (int i = 0; i < values.Length; i++)
            {
                long input = i / taps % inputs;
                if (outputs?[i / (inputs * taps)] == false || (input >= shared && !own[input - shared]))
                    continue;
                all++;
                zeros += values[i] == 0 ? 1 : 0;
            }
        }
    }

    private static CompressionOptions Options(int steps, int bits, int activations, double zeros, int seed) => new(
        TinyTasks.Options(steps) with { Seed = seed, AllOpen = true }, new QuantisationOptions(ValueArray.Of(bits), activations), zeros);

    private static ModelLabels Labels(IReadOnlyList<TaskData> tasks) => new("tiny", "test", TinyTasks.FrontEnd, [.. tasks.Select(task => task.Labels)]);

    private static MultiTaskNetwork Copy(MultiTaskNetwork network)
    {
        using IDisposable noGradient = no_grad();
        var copy = new MultiTaskNetwork(network.Shape, seed: 1) { Slope = network.Slope };
        foreach ((Tensor target, Tensor source) in Values(copy).Zip(Values(network)))
            target.copy_(source);
        return copy;

        static IEnumerable<Tensor> Values(MultiTaskNetwork each) => each.named_parameters().Select(p => (Tensor)p.parameter).Concat(each.named_buffers().Select(b => b.buffer));
    }

    /// <summary>A trained network with a third of its gates closed.</summary>
    private static MultiTaskNetwork Trained(IReadOnlyList<TaskData> tasks, int seed, int steps = 25)
    {
        var session = new TrainingSession(TinyTasks.Shape(tasks), tasks, TinyTasks.Options(steps, rate: 1e-2) with { Seed = seed });
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        using IDisposable noGradient = no_grad();
        var random = new SeededRandom(seed, 43);
        foreach (EncoderBlock block in session.Network.Adapters.SelectMany(blocks => blocks))
            block.Gate!.copy_(tensor([.. Enumerable.Range(0, (int)block.Gate.numel()).Select(_ => random.Next(3) == 0 ? -1f : 1f)]));
        return session.Network;
    }
}
