using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Networks.Kernels;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Tests.Runtime;

/// <summary>The check must let every right convolution pass and find every kind of wrong one; the wrong ones are made here, so that any machine shows it.</summary>
[Collection(TorchTests.Name)]
public sealed class ConvolutionCheckTests
{
    private static readonly ConvolutionCase[] Shapes =
    [
        new(8, 1, 7, 96, 64, ChannelsLast: true, Trained: true),
        new(8, 14, 28, 48, 32, ChannelsLast: true, Trained: true),
        new(5, 3, 5, 6, 4, ChannelsLast: false, Trained: true),
        new(32, 57, 19, 6, 4, ChannelsLast: false, Trained: true),
        new(1, 2, 1, 2, 1, ChannelsLast: true, Trained: true),
        new(64, 28, 9, 12, 8, ChannelsLast: true, Trained: false),
    ];

    private static readonly Dictionary<string, Convolution> WrongOnes = new(StringComparer.Ordinal)
    {
        ["output"] = (x, w, b) => ConvolutionCheck.Torch(x, w, b) * Mask(w.shape[0], 0),
        ["output, not a number"] = (x, w, b) => ConvolutionCheck.Torch(x, w, b) + Mask(w.shape[0], float.NaN),
        ["output, the last input channel not read"] = (x, w, b) => ConvolutionCheck.Torch(x * Mask(w.shape[1], 0), w, b),
        ["output, borders"] = (x, w, b) => F.conv2d(F.pad(x, [1, 1, 1, 1], PaddingModes.Replicate), w, b),
        ["gradient of the input"] = Faults.WrongConvolution,
        ["gradient of the weights"] = (x, w, b) => ConvolutionCheck.Torch(x, (w * 1.01) - (w.detach() * 0.01), b),
        ["gradient of the bias"] = (x, w, b) => ConvolutionCheck.Torch(x, w, b * 2 - b.detach()),
    };

    public static TheoryData<string> Wrong => [.. WrongOnes.Keys];

    [Fact]
    public void Right_convolutions_pass()
    {
        Assert.All(Shapes, shape => Assert.Null(ConvolutionCheck.Find(shape, ConvolutionCheck.Torch)?.ToText()));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_convolution_is_found_and_named(string wrong)
    {
        ConvolutionError? error = ConvolutionCheck.Find(Shapes[1], WrongOnes[wrong]);
        Assert.NotNull(error);
        Assert.Equal(wrong.Split(',')[0], error.Quantity);
        Assert.Equal(wrong.Contains("not a number", StringComparison.Ordinal), double.IsNaN(error.Error));
        Assert.StartsWith("the " + error.Quantity + " of 14 -> 28 channels, 48 x 32, is ", error.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Own_kernels_are_right()
    {
        Assert.All(Shapes, shape => Assert.Null(ConvolutionCheck.Find(shape, OwnConvolution.Of)?.ToText()));
    }

    [Fact]
    public void NNPACK_is_not_asked_for()
    {
        Assert.NotEqual(true, TorchContext.NnpackEnabled());
        if (!OperatingSystem.IsLinux())
            return;
        Assert.True(TorchContext.Set(TorchContext.Nnpack, on: true));
        Assert.True(TorchContext.NnpackEnabled());
        Assert.True(TorchContext.Set(TorchContext.Nnpack, on: false));
        Assert.False(TorchContext.NnpackEnabled());
    }

    [Fact]
    public void A_network_names_its_convolutions_with_the_batch_and_the_evaluations_rows()
    {
        IReadOnlyList<ConvolutionCase> shapes = NetworkConvolutions.Of(TinyTasks.Shape(TinyTasks.Make()), 8);
        Assert.Equal(
            [
                new(8, 6, 9, 8, 8, true, true), new(64, 6, 9, 8, 8, true, false),
                new(8, 9, 12, 4, 4, true, true), new(64, 9, 12, 4, 4, true, false),
            ],
            shapes);
    }

    [Theory]
    [InlineData("4,6,8", "0.5")]
    [InlineData("3,5,7,9", "0.2")]
    [InlineData("4,7", null)]
    [InlineData("5", "1")]
    public void What_a_network_asks_for_is_what_is_checked(string channels, string? alpha)
    {
        const int PerTask = 8;
        using DisposeScope scope = NewDisposeScope();
        var shape = new NetworkShape(
            new InputSpec(16, 24, 7),
            channels.Split(',').Select(int.Parse).ToValueArray(),
            alpha is null ? null : decimal.Parse(alpha, CultureInfo.InvariantCulture),
            Enumerable.Range(0, 2).Select(k => new TaskShape("t" + k, 3)).ToValueArray());
        HashSet<ConvolutionCase> asked = [];
        bool trained = true;
        using var network = new MultiTaskNetwork(shape, 1)
        {
            Convolve = (x, w, b) =>
            {
                Assert.True(x.permute(0, 2, 3, 1).is_contiguous());
                asked.Add(new((int)x.shape[0], (int)w.shape[1], (int)w.shape[0], (int)x.shape[2], (int)x.shape[3], ChannelsLast: true, trained));
                return ConvolutionCheck.Torch(x, w, b);
            },
        };
        network.Forward(zeros([2 * PerTask, 1, 16, 24]), [new BatchSlice(0, 0, PerTask), new BatchSlice(1, PerTask, PerTask)]);
        trained = false;
        network.eval();
        network.Forward(zeros([Evaluator.Rows, 1, 16, 24]), [new BatchSlice(0, 0, Evaluator.Rows)]);
        Assert.NotEmpty(asked);
        Assert.Equal(asked, [.. NetworkConvolutions.Of(shape, PerTask)]);
    }

    /// <summary>1 for all channels but the last.</summary>
    private static Tensor Mask(long channels, float last) =>
        tensor([.. Enumerable.Repeat(float.IsNaN(last) ? 0 : 1f, (int)channels - 1), last]).reshape(1, -1, 1, 1);
}
