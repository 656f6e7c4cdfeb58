using System;
using System.Linq;
using AdapterCompiler.Trainer.Networks.Kernels;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Tests.Networks;

/// <summary>The trainer's own convolution against Torch's in float64, which asks no oneDNN: output and all three gradients.</summary>
[Collection(TorchTests.Name)]
public sealed class OwnConvolutionTests
{
    public OwnConvolutionTests() => set_num_threads(1);

    [Theory]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(3, 1, 2, 2, 5)]
    [InlineData(2, 16, 16, 4, 4)]
    [InlineData(4, 7, 15, 12, 9)]
    [InlineData(2, 57, 19, 3, 8)]
    [InlineData(1, 33, 65, 5, 6)]
    public void Output_and_gradients_are_those_of_float64(long images, long inputs, long outputs, long rows, long columns) => Compare(images, inputs, outputs, rows, columns, seed: 1);

    [Fact]
    public void Any_size_will_do()
    {
        var random = new Random(20);
        for (int i = 0; i < 60; i++)
            Compare(random.Next(1, 5), random.Next(1, 40), random.Next(1, 40), random.Next(1, 12), random.Next(1, 12), i);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor w, Tensor b, Tensor g) = Draw(9, 5, 11, 7, 6, seed: 3);
        float[][] results = [.. Enumerable.Range(1, 3).Select(threads =>
        {
            set_num_threads(threads);
            return Run(OwnConvolution.Of, x, w, b, g, ScalarType.Float32).SelectMany(values => values.contiguous().data<float>().ToArray()).ToArray();
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private static void Compare(long images, long inputs, long outputs, long rows, long columns, int seed)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor w, Tensor b, Tensor g) = Draw(images, inputs, outputs, rows, columns, seed);
        Tensor[] right = Run((a, c, d) => F.conv2d(a, c, d, padding: [1, 1]), x, w, b, g, ScalarType.Float64);
        foreach ((ScalarType type, double tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 1e-5) })
        {
            Tensor[] found = Run(OwnConvolution.Of, x, w, b, g, type);
            for (int i = 0; i < right.Length; i++)
            {
                double error = (right[i] - found[i].to_type(ScalarType.Float64)).abs().max().item<double>(), size = right[i].abs().max().item<double>();
                Assert.True(error <= tolerance * size, FormattableString.Invariant($"{images} x {inputs} -> {outputs}, {rows} x {columns}, {type}: tensor {i} is off by {error:E1} of {size:E1}"));
            }
        }
    }

    private static (Tensor Inputs, Tensor Weight, Tensor Bias, Tensor Gradient) Draw(long images, long inputs, long outputs, long rows, long columns, int seed)
    {
        using var generator = new Generator((ulong)seed);
        return (
            randn([images, inputs, rows, columns], ScalarType.Float64, generator: generator),
            randn([outputs, inputs, 3, 3], ScalarType.Float64, generator: generator),
            randn([outputs], ScalarType.Float64, generator: generator),
            randn([images, outputs, rows, columns], ScalarType.Float64, generator: generator));
    }

    /// <summary>Output and the gradients of input, weight and bias.</summary>
    private static Tensor[] Run(Func<Tensor, Tensor, Tensor, Tensor> convolution, Tensor inputs, Tensor weight, Tensor bias, Tensor gradient, ScalarType type)
    {
        Tensor[] leaves = [.. new[] { inputs, weight, bias }.Select(values => values.to_type(type).detach().clone().requires_grad_())];
        Tensor output = convolution(leaves[0], leaves[1], leaves[2]);
        (output * gradient.to_type(type)).sum().backward();
        return [output.detach(), .. leaves.Select(leaf => leaf.grad!)];
    }
}
