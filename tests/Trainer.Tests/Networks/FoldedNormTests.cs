using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Runtime;
using TorchSharp;
using Xunit;
using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Networks;

[Collection(TorchTests.Name)]
public sealed class FoldedNormTests
{
    /// <summary>Pads zero activations, applies the norm to activations and padding alike, then convolves without padding: the definition.</summary>
    [Fact]
    public void Folding_equals_padding_before_the_norm()
    {
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(3);
        var block = new EncoderBlock(LayerKind.Convolution, 3, 4, gated: false, generator);
        Tensor inputs = rand([2, 3, 8, 6], generator: generator);
        var map = new AffineMap(tensor([0.5f, -1.5f, 0f]), tensor([0.3f, 0.7f, -2f]));

        Tensor padded = F.pad(inputs, [1, 1, 1, 1]);
        Tensor normed = (padded * map.Scale.reshape(1, -1, 1, 1)) + map.Shift.reshape(1, -1, 1, 1);
        Tensor naive = F.max_pool2d(F.conv2d(normed, block.Weight, block.Bias), [2, 2]).relu();

        Assert.True(Activate(block, inputs, map).allclose(naive, atol: 1e-4));
    }

    [Fact]
    public void Training_norm_makes_zero_mean_and_unit_variance_before_its_own_scale()
    {
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(4);
        var block = new EncoderBlock(LayerKind.Convolution, 1, 3, gated: true, generator);
        block.train();
        Tensor outputs = Activate(block, rand([5, 1, 8, 8], generator: generator), AffineMap.OfInput(0, 1));
        AffineMap map = block.Normalise(ChannelStatistics.Of(outputs), slope: 1);
        float sigma = Gates.Sigma(tensor(Gates.Start), 1).item<float>();
        Tensor normed = ((outputs * map.Scale.reshape(1, -1, 1, 1)) + map.Shift.reshape(1, -1, 1, 1)) / sigma;
        Assert.All(normed.mean([0, 2, 3]).data<float>(), mean => Assert.Equal(0, mean, 3));
        Assert.All(normed.@var([0, 2, 3], unbiased: false).data<float>(), variance => Assert.Equal(1, variance, 2));
    }

    [Fact]
    public void Running_statistics_move_a_tenth_of_the_way()
    {
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(4);
        var block = new EncoderBlock(LayerKind.Dense, 2, 1, gated: false, generator);
        block.train();
        block.Normalise(ChannelStatistics.Of(tensor([1f, 3f]).reshape(2, 1)), slope: 1);
        Assert.Equal(0.2f, block.RunningMean.item<float>(), 5);
        Assert.Equal((0.9f * 1) + (0.1f * 2), block.RunningVariance.item<float>(), 5);
    }

    private static Tensor Activate(EncoderBlock block, Tensor inputs, AffineMap map)
    {
        (Tensor weight, Tensor bias) = block.Fold(map);
        return LayerActivation.Of(block.Kind, inputs, weight, bias, ConvolutionCheck.Torch).Activations;
    }
}
