using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
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

    public static TheoryData<int, int, int, int, double, int, int> Networks => new()
    {
        // seed, tasks, weight bits, activation bits, zeros, lanes, bits of an input code
        { 1, 2, 8, 7, 0, 4, 7 },
        { 2, 3, 4, 7, 0.7, 4, 7 },
        { 3, 1, 3, 4, 0.5, 4, 4 },
        { 4, 2, 2, 7, 0.3, 0, 7 },
        { 5, 2, 6, 3, 0.9, 4, 1 },
        { 6, 2, 3, 5, 0.5, 6, 5 },
        { 7, 2, 2, 4, 0, 6, 4 },
    };

    /// <summary>What the network computes while it learns is what the compiler's interpreter makes of its export: every buffer of every layer, and the logits.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Integers_in_training_are_the_interpreters(int seed, int taskCount, int weightBits, int activationBits, double zeros, int lanes, int inputBits)
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<TaskData> whole = TinyTasks.Make(taskCount, slices: 24), tasks = TinyNetworks.Reading(whole, inputBits);
        using MultiTaskNetwork trained = TinyNetworks.Trained(whole, seed), teacher = TinyNetworks.Copy(trained, inputBits), student = TinyNetworks.Copy(teacher);
        using var session = new CompressionSession(teacher, student, tasks, Options(8, weightBits, activationBits, zeros, seed) with { Lanes = lanes });
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
        using MultiTaskNetwork teacher = TinyNetworks.Trained(tasks, 1), student = TinyNetworks.Copy(teacher);
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
        ModelArtifact model = session.Export(TinyNetworks.Labels(tasks));
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
        using MultiTaskNetwork teacher = TinyNetworks.Trained(tasks, 3), student = TinyNetworks.Copy(teacher);
        using var session = new CompressionSession(teacher, student, tasks, Options(0, bits, 7, 0, 1));
        session.UseBest();
        (long all, long zeros) = WeightCount.Of(session.Export(TinyNetworks.Labels(tasks)));
        Assert.InRange((double)zeros / all, 0, 1 - kept);
    }

    /// <summary>A weight without a say goes first: the loss does not feel it.</summary>
    [Fact]
    public void What_the_loss_does_not_feel_is_pruned_first()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make(tasks: 1);
        using MultiTaskNetwork network = TinyNetworks.Trained(tasks, 2);
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

    [Fact]
    public void A_session_that_was_stopped_ends_with_the_same_integers()
    {
        IReadOnlyList<TaskData> tasks = TinyTasks.Make();
        CompressionOptions options = Options(30, 4, 7, 0.5, 4);
        string path = Path.GetTempFileName();
        try
        {
            using MultiTaskNetwork teacher = TinyNetworks.Trained(tasks, 4), student = TinyNetworks.Copy(teacher), again = TinyNetworks.Copy(teacher);
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
            Assert.Equal(whole.Export(TinyNetworks.Labels(tasks)), rest.Export(TinyNetworks.Labels(tasks)));
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
        using MultiTaskNetwork teacher = TinyNetworks.Trained(tasks, 5, steps: 60), student = TinyNetworks.Copy(teacher), rounded = TinyNetworks.Copy(teacher);
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
        ModelArtifact model = session.Export(TinyNetworks.Labels(tasks));
        InputSpec input = session.Network.Network.Shape.Input;
        byte[][] slices = [[.. TinyTasks.RandomCodes(7).Select(code => (byte)(code >> InputBits.Lost(input)))], new byte[256], [.. Enumerable.Repeat((byte)input.CodeMax, 256)], tasks[0].Test.Codes[0]];
        for (int k = 0; k < tasks.Count; k++)
        {
            var seen = new List<int[][]>();
            Tensor[] logits = session.Network.Forward(
                BatchSource.Images(slices, input), [new BatchSlice(k, 0, slices.Length)],
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
}
