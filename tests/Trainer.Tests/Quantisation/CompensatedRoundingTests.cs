using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Quantisation;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Quantisation;

/// <summary>Layers in which rounding each weight to the nearest integer, or looking at plain squares, loses what counts.</summary>
[Collection(TorchTests.Name)]
public sealed class CompensatedRoundingTests
{
    private const int Inputs = 24, Outputs = 12, Slices = 256, Large = 4;

    public CompensatedRoundingTests() => set_num_threads(1);

    /// <summary>Inputs that mostly say the same, and a seldom one with a hundredfold weight, which takes the others' resolution: an encoder that stays as it was pretrained has such.</summary>
    [Fact]
    public void Weights_beside_a_far_larger_one_make_good_one_anothers_rounding()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor inputs = Codes(1), weights = Normal(2, Outputs, Inputs) * 0.002;
        weights[.., 0] *= 100;
        var folded = new FoldedWeights(weights, full(Outputs, 5.0, ScalarType.Float64), zeros([Outputs, 0], ScalarType.Float64));
        Tensor real = inputs.matmul(weights.t()), scale = weights.abs().amax(1) / 127;
        (Tensor rounded, FoldedWeights corrected) = new CompensatedRounding(folded, InputMoments.Of(LayerKind.Dense, inputs, null), 8).Round(scale);
        double nearest = Error(WeightRounding.Weights(weights, scale, 8), folded), compensated = Error(rounded, corrected);
        Assert.True(compensated < nearest / 2, $"spread of the error {compensated:G3}, to the nearest {nearest:G3}");
        Assert.InRange(rounded.abs().max().item<double>(), 1, 127);

        // Slices that it has not seen.
        inputs = Codes(3);
        real = inputs.matmul(weights.t());
        (nearest, compensated) = (Error(WeightRounding.Weights(weights, scale, 8), folded), Error(rounded, corrected));
        Assert.True(compensated < nearest / 2, $"spread of the error on other slices {compensated:G3}, to the nearest {nearest:G3}");

        // Whatever the biases are.
        double Error(Tensor integers, FoldedWeights with)
        {
            Tensor wrong = inputs.matmul((integers * scale.reshape(-1, 1)).t()) + with.Bias - real;
            return (wrong - wrong.mean([0], keepdim: true)).pow(2).mean().sqrt().item<double>();
        }
    }

    /// <summary>What an own input's rounding takes from the mean belongs to its offset: a closed gate takes both away.</summary>
    [Fact]
    public void Means_of_own_inputs_go_into_their_offsets()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor inputs = Codes(4), weights = Normal(5, Outputs, Inputs);
        var folded = new FoldedWeights(weights, zeros(Outputs, ScalarType.Float64), zeros([Outputs, 2], ScalarType.Float64));
        Tensor scale = weights.abs().amax(1) / 7;
        (Tensor rounded, FoldedWeights corrected) = new CompensatedRounding(folded, InputMoments.Of(LayerKind.Dense, inputs, null), 4).Round(scale);
        Tensor lost = (weights - (rounded * scale.reshape(-1, 1))) * inputs.mean([0]).reshape(1, -1);
        Assert.Equal(0, (corrected.Offsets - lost.narrow(1, Inputs - 2, 2)).abs().max().item<double>(), 9);
        Assert.Equal(0, (corrected.Bias - lost.narrow(1, 0, Inputs - 2).sum([1])).abs().max().item<double>(), 9);
    }

    /// <summary>A few slices make much of the embedding, and still more of their logits: an error in them is worth little, and the others keep their codes.</summary>
    [Fact]
    public void Slices_of_small_values_keep_their_codes_beside_some_of_large_ones()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor size = where(arange(Slices) < Slices - Large, 2.0, 50.0).to_type(ScalarType.Float64);
        Tensor inputs = (Codes(6) / 50 * size.reshape(-1, 1)).round().clamp(0, 127), weights = Normal(7, Outputs, Inputs);
        var folded = new FoldedWeights(weights, zeros(Outputs, ScalarType.Float64), zeros([Outputs, 0], ScalarType.Float64));
        Tensor target = inputs.matmul(weights.t()).clamp_min(0);
        double weighed = SmallError(new ErrorImportance((50 / size).round(), (1 / size.pow(3)).reshape(-1, 1))), alike = SmallError(null);
        Assert.True(weighed < alike / 2, $"root mean square error {weighed:G3}, all slices alike {alike:G3}");

        double SmallError(ErrorImportance? importance)
        {
            LayerScales scales = ScaleSearch.Choose(LayerKind.Dense, folded, [.. Enumerable.Repeat(1.0, Inputs)], inputs, target, 8, 127, importance);
            var layer = new LayerArtifact(
                LayerKind.Dense, Inputs, 0, 8, 7, WeightRounding.Channels(folded, scales, 8), Enumerable.Repeat(true, Outputs).ToValueArray());
            Tensor found = IntegerForward.Block(layer, inputs, null, null) * tensor(LayerExport.CodeScale(scales)).reshape(1, -1);
            return (found - target).narrow(0, 0, Slices - Large).pow(2).mean().sqrt().item<double>();
        }
    }

    /// <summary>Of inputs with a common part, all but the first at work on every slice; the first on one in eight, with large codes.</summary>
    private static Tensor Codes(int seed)
    {
        Tensor codes = (60 + (Normal(seed, Slices, 1) * 12) + (Normal(seed + 100, Slices, Inputs) * 2)).round().clamp(0, 127);
        codes[.., 0] = where(arange(Slices).remainder(8) == 0, codes[.., 0], zeros(1, ScalarType.Float64));
        return codes;
    }

    private static Tensor Normal(int seed, long rows, long columns)
    {
        using var generator = new Generator((ulong)seed);
        return randn([rows, columns], ScalarType.Float64, generator: generator);
    }
}
