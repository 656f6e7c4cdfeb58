using System;
using AdapterCompiler.Operators;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>One layer of the shared encoder or of one adapter: the weights of its convolution or dense layer, its norm and its gates as an <see cref="AffineMap"/>.</summary>
internal sealed class EncoderBlock : nn.Module
{
    /// <summary>Share of a batch in the running statistics.</summary>
    private const double Momentum = 0.1;

    /// <summary>Added to the variance, as in the paper's framework and PyTorch.</summary>
    public const double Epsilon = 1e-5;

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
        long[] shape = LayerOperators.Of(kind).ReadsImage ? [outputs, inputs, 3, 3] : [outputs, inputs];
        Weight = new Parameter(FreshWeight(shape, generator));
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

    /// <summary>Weights of He's normal distribution.</summary>
    /// <param name="shape">[outputs, inputs, 3, 3] or [outputs, inputs].</param>
    /// <param name="generator">Source.</param>
    public static Tensor FreshWeight(long[] shape, Generator generator)
    {
        long fanIn = shape.Length == 2 ? shape[1] : 9 * shape[1];
        return randn(shape, generator: generator) * Math.Sqrt(2.0 / fanIn);
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

    /// <summary>Weights and bias for the layer below's ReLU outputs as they are, before their norm and gate.</summary>
    /// <param name="map">Norm and gate of those inputs.</param>
    public (Tensor Weight, Tensor Bias) Fold(AffineMap map) => (map.FoldWeight(Weight), map.FoldBias(Weight, Bias));

    /// <summary>Norm and gate of this block's outputs in evaluation mode.</summary>
    /// <param name="slope">Slope of the gates.</param>
    public AffineMap Normalise(double slope) => Map((RunningMean, RunningVariance), Sigma(slope));

    /// <summary>Norm and gate of this block's outputs in training, by the batch's statistics; the running ones move.</summary>
    /// <param name="statistics">Of this block's pooled ReLU outputs.</param>
    /// <param name="slope">Slope of the gates.</param>
    public AffineMap Normalise(ChannelStatistics statistics, double slope)
    {
        using (no_grad())
        {
            RunningMean.lerp_(statistics.Mean, Momentum);
            RunningVariance.lerp_(statistics.Variance * (statistics.Count / Math.Max(1.0, statistics.Count - 1)), Momentum);
        }

        return Map((statistics.Mean, statistics.Variance), Sigma(slope));
    }

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
}
