using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Tests.Experiments.Points;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>Inputs that read the upper bits of a front end's codes.</summary>
[Collection(TorchTests.Name)]
public sealed class InputBitsTests(TinyTraining training) : IClassFixture<TinyTraining>
{
    /// <summary>A code of few bits stands for the middle of those that it is made of: the folded first layer says so exactly, and every other layer is the same.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(5)]
    [InlineData(4)]
    public void A_trained_network_reads_fewer_bits(int bits)
    {
        using DisposeScope scope = NewDisposeScope();
        using FloatWeights whole = training.Load(), upper = whole.Reading(bits);
        using IDisposable noGradient = no_grad();
        int size = 1 << (7 - bits);
        FoldedWeights before = LayerExport.Fold(whole.Network, 0, 1, ones(1, ScalarType.Float64)), after = LayerExport.Fold(upper.Network, 0, 1, ones(1, ScalarType.Float64));
        Assert.Equal(bits, upper.Network.Shape.Input.Bits);
        Assert.Equal(upper.Saved.Input, upper.Network.Shape.Input);
        Close(before.Weights * size, after.Weights);
        Close(before.Bias + (before.Weights.sum([1, 2, 3]) * ((size - 1) / 2.0)), after.Bias);
        Assert.Equal(whole.Network.Shared[1].Weight.data<float>().ToArray(), upper.Network.Shared[1].Weight.data<float>().ToArray());

        // What that costs: nothing to speak of where classes are far apart.
        TaskData task = TinyTraining.Tasks[0], shifted = UpperBits.Of(task, 7 - bits);
        int[] found = Evaluator.Classify(whole.Network, 0, task.Test.Codes), few = Evaluator.Classify(upper.Network, 0, shifted.Test.Codes);
        Assert.InRange(found.Zip(few).Count(pair => pair.First == pair.Second), 20, 24);

        static void Close(Tensor expected, Tensor found) => Assert.True((expected - found).abs().max().item<double>() < 1e-5 * expected.abs().max().item<double>());
    }

    [Fact]
    public void Codes_are_shifted_as_they_are_read_and_kept_whole()
    {
        TaskData task = TinyTraining.Tasks[0], upper = UpperBits.Of(task, 2);
        Assert.Same(task, UpperBits.Of(task, 0));
        foreach ((SliceSet whole, SliceSet shifted) in new[] { (task.Train, upper.Train), (task.Validation, upper.Validation), (task.Test, upper.Test) })
        {
            Assert.Equal(whole.Codes.Select(codes => codes.Select(code => code >> 2)), shifted.Codes.Select(codes => codes.Select(code => (int)code)));
            Assert.Equal(whole.Codes[3].Select(code => code >> 2), shifted.Codes[3].Select(code => (int)code));
            Assert.Equal(whole.Classes, shifted.Classes);
            Assert.Equal(whole.Count, shifted.Count);
        }
    }

    /// <summary>A slice that loses bits before it is varied is varied as one that loses them after: as loud on average, to a tenth of a step, and as uneven.</summary>
    [Fact]
    public void Levels_change_by_less_than_a_step_too()
    {
        InputSpec few = TinyTasks.Input with { Bits = 5 };
        float[] varied = new float[256], whole = new float[256];
        var random = new Random(1);
        byte[] codes = [.. Enumerable.Range(0, 256).Select(_ => (byte)random.Next(20, 110))], upper = [.. codes.Select(code => (byte)(code >> 2))];
        double[] differences = [.. Enumerable.Range(0, 200).Select(sample =>
        {
            Augmentation.Apply(codes, TinyTasks.Input, new SeededRandom(1, sample), whole);
            Augmentation.Apply(upper, few, new SeededRandom(1, sample), varied);
            Assert.All(varied, code => Assert.InRange(code, 0, 31));
            return varied.Average() - whole.Select(code => (float)((int)code >> 2)).Average();
        })];
        Assert.InRange(differences.Average(), -0.05, 0.05);
        Assert.All(differences, difference => Assert.InRange(difference, -0.3, 0.3));

        // Silence and the loudest stay inside.
        Augmentation.Apply([.. Enumerable.Range(0, 256).Select(i => (byte)(i % 2 == 0 ? 0 : 31))], few, new SeededRandom(1, 2), varied);
        Assert.All(varied, (code, i) => Assert.InRange(code, 0, i % 2 == 0 ? 0 : 31));
    }
}
