using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Training;

/// <summary>Numbers that are none: where they stop, and what is left.</summary>
[Collection(TorchTests.Name)]
public sealed class NotFiniteTests : IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-not-finite").FullName;

    public NotFiniteTests() => set_num_threads(1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Step 8 is the first after the lock.</summary>
    [Theory]
    [InlineData("loss", 5, "step 5: the loss (NaN) is not finite")]
    [InlineData("gradient", 5, "step 5: the gradient is not finite")]
    [InlineData("statistic", 5, "step 5: shared_1.running_mean is not finite")]
    [InlineData("loss", 1, "step 1: the loss (NaN) is not finite")]
    [InlineData("statistic", 8, "step 8: shared_1.running_mean is not finite")]
    public void A_step_that_leaves_the_numbers_is_not_done_and_the_state_before_it_goes_on(string kind, int step, string message)
    {
        double[] expected = Whole();
        string path = Path.Combine(folder, "checkpoint");
        var losses = new List<double>();
        using (new PlantedFault($"{kind}:{step}"))
        using (var session = Session())
        {
            while (session.Step < step - 1)
                losses.Add(session.RunStep().Loss);
            Assert.Equal(message, Assert.Throws<NotFiniteException>(session.RunStep).Message);
            Assert.Equal(step - 1, session.Step);
            session.Save(path, "run");
        }

        Assert.All(TensorArchive.Load(path).Values, values => Assert.All(values.Value, value => Assert.True(float.IsFinite(value), values.Key)));
        using var next = Session();
        next.Load(path, "run");
        while (!next.Finished)
            losses.Add(next.RunStep().Loss);
        Assert.Equal(expected, losses);
    }

    [Fact]
    public void A_spoilt_gate_is_named_and_never_saved()
    {
        string path = Path.Combine(folder, "checkpoint");
        using var fault = new PlantedFault("gate:3");
        using TrainingSession session = Session();
        session.RunStep();
        session.RunStep();
        session.Save(path, "run");
        byte[] before = File.ReadAllBytes(path);
        Assert.Contains("task_1_1.gate is not finite", Assert.Throws<NotFiniteException>(session.RunStep).Message, StringComparison.Ordinal);
        Assert.Contains("task_1_1.gate is not finite", Assert.Throws<NotFiniteException>(() => session.Save(path, "run")).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_checkpoint_with_a_value_that_is_none_is_refused()
    {
        string path = Path.Combine(folder, "checkpoint");
        new TensorArchive(new Dictionary<string, string>(), new Dictionary<string, float[]> { ["weight"] = [1, 1234.5f] }).Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(1234.5f));
        BitConverter.GetBytes(float.PositiveInfinity).CopyTo(bytes, at);
        File.WriteAllBytes(path, bytes);
        Assert.Equal("its 'weight' is not finite", Assert.Throws<InvalidDataException>(() => TensorArchive.Load(path)).Message);
    }

    [Fact]
    public void A_gate_that_is_no_number_is_neither_locked_nor_closed()
    {
        Assert.Throws<NotFiniteException>(() => Gates.Lock(tensor([0.5f, float.NaN])));
        using var network = new MultiTaskNetwork(TinyTasks.Shape(Tasks), 1);
        Spoil(network.Adapters[1][0].Gate!);
        Assert.Throws<NotFiniteException>(() => network.OpenGates(1));
        Assert.Throws<NotFiniteException>(network.LockGates);
    }

    [Fact]
    public void Nothing_that_is_no_number_is_quantised()
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (Func<MultiTaskNetwork, Tensor> part in new Func<MultiTaskNetwork, Tensor>[] { n => n.Shared[0].Weight, n => n.Adapters[0][1].NormScale, n => n.Shared[1].RunningVariance, n => n.Heads[1].Bias })
        {
            using var network = new MultiTaskNetwork(TinyTasks.Shape(Tasks), 1);
            Spoil(part(network));
            Assert.Throws<NotFiniteException>(() => new Quantiser(network, QuantisationOptions.Default));
        }

        // A network spoilt behind the quantiser's back, then a layer folded and searched with what is none.
        using var late = new MultiTaskNetwork(TinyTasks.Shape(Tasks), 1);
        var quantiser = new Quantiser(late, QuantisationOptions.Default);
        Spoil(late.Shared[0].Weight);
        Assert.Throws<NotFiniteException>(() => quantiser.Calibrate([.. Tasks.Select(t => t.Train)]));
        var folded = new FoldedWeights(ones([2, 3], float64), zeros(2, float64), zeros([2, 0], float64));
        Assert.Throws<NotFiniteException>(() => ScaleSearch.Choose(
            AdapterCompiler.Operators.LayerKind.Dense, folded, [1, 1, 1], ones([4, 3], float64), full([4, 2], double.NaN, float64), 8, 127));
        Assert.Throws<NotFiniteException>(() => ScaleSearch.ChooseForHead(folded, [1, 1, 1], ones([4, 3], float64), full([4, 2], double.NaN, float64), 8));
    }

    [Fact]
    public void A_logit_that_is_no_number_is_no_class()
    {
        using var network = new MultiTaskNetwork(TinyTasks.Shape(Tasks), 1);
        Spoil(network.Heads[0].Bias);
        Assert.Throws<NotFiniteException>(() => Evaluator.Classify(network, 0, Tasks[0].Test.Codes));
    }

    private static double[] Whole()
    {
        using TrainingSession session = Session();
        return [.. Enumerable.Range(0, 10).Select(_ => session.RunStep().Loss)];
    }

    private static TrainingSession Session() => new(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(10, lambda: 0.01));

    private static void Spoil(Tensor values)
    {
        using IDisposable noGradient = no_grad();
        values.fill_(float.NaN);
    }
}
