using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Networks.Kernels;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Tests.Reference;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using Convolution = AdapterCompiler.Trainer.Runtime.Convolution;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Tests.Networks;

/// <summary>Shared and own channels as one convolution against the definition, in float64: logits, loss, every gradient, every running statistic.</summary>
[Collection(TorchTests.Name)]
public sealed class FusedForwardTests : IDisposable
{
    private const double Tolerance = 1e-9;

    public FusedForwardTests()
    {
        set_num_threads(1);
        set_default_dtype(ScalarType.Float64);
    }

    public void Dispose() => set_default_dtype(ScalarType.Float32);

    /// <summary>A network, its input and which rows are whose.</summary>
    /// <param name="Frames">Rows of the image.</param>
    /// <param name="Bands">Columns.</param>
    /// <param name="Channels">Shared channels.</param>
    /// <param name="Alpha">Share of an adapter; null = none.</param>
    /// <param name="Rows">Per task of three its rows of the batch; 0 = the task is not in it.</param>
    public sealed record Case(int Frames, int Bands, int[] Channels, double? Alpha, params int[] Rows)
    {
        /// <summary>Nothing is padded in time.</summary>
        public bool IsStreaming { get; init; }

        public override string ToString() => FormattableString.Invariant($"{Frames} x {Bands}, {string.Join(',', Channels)}, alpha {Alpha}, rows {string.Join(',', Rows)}{(IsStreaming ? ", streaming" : "")}");
    }

    public static TheoryData<Case> Cases => new(
        new Case(16, 16, [4, 6, 8], 0.5, 4, 4, 4),
        new Case(13, 11, [3, 5, 7], 0.4, 2, 5, 3),
        new Case(12, 18, [5, 9], 0.2, 3, 0, 2),
        new Case(16, 8, [2, 3, 4], 1, 0, 6, 0),
        new Case(14, 10, [4, 7], null, 3, 2, 4),
        new Case(10, 7, [3], 0.7, 2, 3, 4),
        new Case(19, 8, [3, 4, 5], 0.5, 2, 3, 2) { IsStreaming = true },
        new Case(9, 11, [4, 6], 0.4, 3, 0, 2) { IsStreaming = true });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_equals_the_definition(Case setting)
    {
        using DisposeScope scope = NewDisposeScope();
        using MultiTaskNetwork fused = Network(setting), reference = Network(setting);
        Compare(setting, fused, reference, training: true);
        Assert.All(
            fused.named_buffers().Zip(reference.named_buffers()),
            pair => AssertClose(pair.Second.buffer, pair.First.buffer, pair.First.name));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_with_own_convolutions_equals_the_definition(Case setting)
    {
        using DisposeScope scope = NewDisposeScope();
        using MultiTaskNetwork fused = Network(setting, OwnConvolution.Of), reference = Network(setting);
        Compare(setting, fused, reference, training: true);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluation_equals_the_definition(Case setting)
    {
        using DisposeScope scope = NewDisposeScope();
        using MultiTaskNetwork fused = Network(setting), reference = Network(setting);
        Compare(setting, fused, reference, training: false);
    }

    /// <summary>Sums must not depend on how many threads made them: the same seed gives the same bytes with any number.</summary>
    [Fact]
    public void Kernels_sum_alike_on_any_number_of_threads()
    {
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(2);
        Tensor codes = randint(0, 128, [9, 1, 13, 11], generator: generator).to_type(ScalarType.Float64);
        Tensor weight = randn([5, 1, 3, 3], generator: generator).requires_grad_(), bias = randn([5], generator: generator).requires_grad_();
        double[][] results = [.. Enumerable.Range(1, 3).Select(threads =>
        {
            set_num_threads(threads);
            weight.grad?.zero_();
            LayerOutput first = FirstLayer.Of(codes, weight, bias), second = PooledActivation.Of(first.Activations);
            (second.Activations.square().sum() + second.Statistics.Variance.sum() + first.Statistics.Mean.square().sum()).backward();
            double[] result = [.. cat([weight.grad!.flatten(), first.Statistics.Variance, second.Statistics.Mean]).data<double>()];
            return result;
        })];
        Assert.Contains(results[0], value => value != 0);
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    /// <summary>The variance of a channel that never moves is 0 exactly, as large as its value may be, and what is not finite stays so.</summary>
    [Fact]
    public void Constant_channels_have_no_variance_and_nan_is_not_lost()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor levels = (arange(9, ScalarType.Float32) * 1234.567f) + 0.1f;
        Tensor images = levels.reshape(1, 9, 1, 1).expand(3, 9, 6, 4).contiguous();
        Assert.All(PooledActivation.Of(images).Statistics.Variance.data<float>(), variance => Assert.Equal(0, variance));
        images[1, 2, 3, 1] = float.NaN;
        ChannelStatistics statistics = PooledActivation.Of(images).Statistics;
        Assert.True(float.IsNaN(statistics.Mean[2].item<float>()) && float.IsNaN(statistics.Variance[2].item<float>()));
        Tensor codes = zeros([2, 1, 6, 6], ScalarType.Float32);
        Assert.All(FirstLayer.Of(codes, ones([9, 1, 3, 3], ScalarType.Float32), levels).Statistics.Variance.data<float>(), variance => Assert.Equal(0, variance));
        codes[1, 0, 2, 2] = float.NaN;
        Assert.True(float.IsNaN(FirstLayer.Of(codes, ones([3, 1, 3, 3], ScalarType.Float32), zeros(3, ScalarType.Float32)).Statistics.Mean[0].item<float>()));
    }

    [Fact]
    public void Rows_without_a_task_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        var setting = new Case(8, 8, [2, 3], 0.5, 2, 2);
        using MultiTaskNetwork network = Network(setting);
        Assert.Throws<ArgumentException>(() => network.Forward(zeros(5, 1, 8, 8), Slices(setting)));
    }

    private static void Compare(Case setting, MultiTaskNetwork fused, MultiTaskNetwork reference, bool training)
    {
        fused.train(training);
        reference.train(training);
        BatchSlice[] slices = Slices(setting);
        using var generator = new Generator(11);
        Tensor codes = randint(0, 128, [setting.Rows.Sum(), 1, setting.Frames, setting.Bands], generator: generator).to_type(ScalarType.Float64);
        Tensor expected = Loss(ReferenceForward.Run(reference, codes, slices)), found = Loss(fused.Forward(codes, slices));
        AssertClose(expected, found, "loss");
        expected.backward();
        found.backward();

        HashSet<string> learning = [];
        foreach (((string name, _), (Tensor? gradient, Tensor? definition)) in fused.named_parameters().Zip(Gradients(fused).Zip(Gradients(reference))))
        {
            if (definition is null)
            {
                Assert.True(gradient is null || gradient.count_nonzero().item<long>() == 0, name);
                continue;
            }

            AssertClose(definition, gradient!, name);
            if (definition.count_nonzero().item<long>() > 0)
                learning.Add(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        }

        // Nothing was compared with zeros only.
        Assert.Superset(setting.Alpha is null ? ["weight", "bias", "norm_scale", "norm_shift"] : new HashSet<string>(["weight", "bias", "norm_scale", "norm_shift", "gate"]), learning);
    }

    private static IEnumerable<Tensor?> Gradients(MultiTaskNetwork network) => network.named_parameters().Select(p => p.parameter.grad);

    private static Tensor Loss(Tensor[] logits) => logits
        .Select((l, s) => F.cross_entropy(l, arange(l.shape[0]).remainder(l.shape[1])))
        .Aggregate((a, b) => a + b);

    private static void AssertClose(Tensor expected, Tensor found, string name)
    {
        double error = (expected - found).abs().max().item<double>(), size = expected.abs().max().item<double>();
        Assert.True(error <= Tolerance * Math.Max(1, size), FormattableString.Invariant($"{name}: error {error:E1} of {size:E1}"));
    }

    private static BatchSlice[] Slices(Case setting) =>
        [.. setting.Rows.Select((rows, task) => new BatchSlice(task, setting.Rows.Take(task).Sum(), rows)).Where(slice => slice.Length > 0)];

    /// <summary>Fresh weights, every norm and gate moved off its start; one gate of each block of several is closed, the others are fractional or open.</summary>
    private static MultiTaskNetwork Network(Case setting, Convolution? convolution = null)
    {
        var shape = new NetworkShape(
            new InputSpec(setting.Frames, setting.Bands, 7),
            setting.Channels.ToValueArray(),
            (decimal?)setting.Alpha,
            setting.Rows.Select((_, task) => new TaskShape("t" + task, 3 + task)).ToValueArray())
        {
            IsStreaming = setting.IsStreaming,
        };
        var network = new MultiTaskNetwork(shape, 21) { Convolve = convolution ?? ConvolutionCheck.Torch };
        using var generator = new Generator(5);
        using IDisposable noGradient = no_grad();
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            if (!name.EndsWith("weight", StringComparison.Ordinal))
                parameter.add_(rand(parameter.shape, generator: generator), 0.3);
            else if (name.StartsWith("shared_1", StringComparison.Ordinal) || name.EndsWith("_1.weight", StringComparison.Ordinal))
                parameter.add_(0.3);
        }

        foreach (Parameter gate in network.GateVariables.Where(gate => gate.numel() > 1))
            gate[0] = -1;
        foreach ((_, Tensor buffer) in network.named_buffers())
            buffer.add_(rand(buffer.shape, generator: generator), 0.2);
        return network;
    }
}
