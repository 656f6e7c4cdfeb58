using System;
using AdapterCompiler.Artifact;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>One layer of the shared encoder or of one adapter: convolution or dense, pooling, ReLU; its norm and its gates as an <see cref="AffineMap"/>.</summary>
internal sealed class EncoderBlock : nn.Module
{
    /// <summary>Share of a batch in the running statistics.</summary>
    private const double Momentum = 0.1;

    /// <summary>Added to the variance, as in the paper's framework and PyTorch.</summary>
    private const double Epsilon = 1e-5;

    /// <summary>A block with fresh weights.</summary>
    /// <param name="kind">What is computed.</param>
    /// <param name="inputs">Channels read.</param>
    /// <param name="outputs">Channels written.</param>
    /// <param name="gated">An adapter's channels have gates, the shared encoder's have not.</param>
    /// <param name="generator">Source of the initial weights: He's normal distribution.</param>
    public EncoderBlock(LayerKind kind, int inputs, int outputs, bool gated, Generator generator)
        : base(nameof(EncoderBlock))
    {
        Kind = kind;
        long[] shape = kind == LayerKind.Dense ? [outputs, inputs] : [outputs, inputs, 3, 3];
        int fanIn = kind == LayerKind.Dense ? inputs : 9 * inputs;
        Weight = new Parameter(randn(shape, generator: generator) * Math.Sqrt(2.0 / fanIn));
        Bias = new Parameter(zeros(outputs));
        NormScale = new Parameter(ones(outputs));
        NormShift = new Parameter(zeros(outputs));
        Gate = gated ? new Parameter(full(outputs, Gates.Start)) : null;
        RunningMean = zeros(outputs);
        RunningVariance = ones(outputs);
        register_parameter("weight", Weight);
        register_parameter("bias", Bias);
        register_parameter("norm_scale", NormScale);
        register_parameter("norm_shift", NormShift);
        if (Gate is not null)
            register_parameter("gate", Gate);
        register_buffer("running_mean", RunningMean);
        register_buffer("running_variance", RunningVariance);
    }

    public LayerKind Kind { get; }

    public Parameter Weight { get; }

    public Parameter Bias { get; }

    public Parameter NormScale { get; }

    public Parameter NormShift { get; }

    /// <summary>Gate variables a, or null in the shared encoder.</summary>
    public Parameter? Gate { get; }

    public Tensor RunningMean { get; }

    public Tensor RunningVariance { get; }

    /// <summary>ReLU outputs, pooled, before norm and gate.</summary>
    /// <param name="inputs">The layer below's ReLU outputs: [n, channels, rows, columns] or [n, channels].</param>
    /// <param name="map">Norm and gate of those inputs.</param>
    public Tensor Activate(Tensor inputs, AffineMap map)
    {
        Tensor weight = map.FoldWeight(Weight), bias = map.FoldBias(Weight, Bias);
        return Kind switch
        {
            // Pooling first: ReLU then sees a quarter of the positions, and a maximum commutes with it.
            LayerKind.Convolution => F.max_pool2d(F.conv2d(inputs, weight, bias, padding: [1, 1]), [2, 2]).relu_(),
            LayerKind.GlobalConvolution => F.conv2d(inputs, weight, bias, padding: [1, 1]).amax(2, 3).relu(),
            _ => F.linear(inputs, weight, bias).relu_(),
        };
    }

    /// <summary>Norm and gate of this block's outputs.</summary>
    /// <param name="outputs">What <see cref="Activate"/> returned; in training its statistics are used, and kept.</param>
    /// <param name="slope">Slope of the gates.</param>
    public AffineMap Normalise(Tensor outputs, double slope) => training ? Map(BatchStatistics(outputs), Sigma(slope)) : Map((RunningMean, RunningVariance), Sigma(slope));

    /// <summary>The norm of evaluation mode alone.</summary>
    public AffineMap Norm() => Map((RunningMean, RunningVariance), null);

    /// <summary>Norm and gate of evaluation mode with every closed gate taken as 1: what the model file keeps of a closed channel.</summary>
    public AffineMap OpenNorm(double slope)
    {
        Tensor sigma = Sigma(slope)!;
        return Map((RunningMean, RunningVariance), where(sigma > 0, sigma, 1f));
    }

    /// <summary>Gate values, or null without gates.</summary>
    public Tensor? Sigma(double slope) => Gate is null ? null : Gates.Sigma(Gate, slope);

    private AffineMap Map((Tensor Mean, Tensor Variance) statistics, Tensor? sigma)
    {
        Tensor scale = NormScale * (statistics.Variance + Epsilon).rsqrt();
        Tensor shift = NormShift - statistics.Mean * scale;
        return sigma is null ? new AffineMap(scale, shift) : new AffineMap(scale * sigma, shift * sigma);
    }

    private (Tensor Mean, Tensor Variance) BatchStatistics(Tensor outputs)
    {
        (Tensor variance, Tensor mean) = var_mean(outputs, outputs.dim() == 2 ? [0] : new long[] { 0, 2, 3 }, unbiased: false);
        using (no_grad())
        {
            double count = outputs.numel() / outputs.shape[1];
            RunningMean.lerp_(mean, Momentum);
            RunningVariance.lerp_(variance * (count / Math.Max(1, count - 1)), Momentum);
        }

        return (mean, variance);
    }
}
