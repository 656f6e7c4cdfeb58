using System;
using System.Linq;
using AdapterCompiler.Trainer.Quantisation;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>
/// Step sizes of a layer that learn (LSQ: Esser et al. 2020): the real value of one accumulator unit per output channel, as its logarithm, and the shift that goes with it. What a code is
/// worth follows from both, and the layer above reads it so: a step that grows changes the grid, not the function.
/// </summary>
internal sealed class LearnedScale : nn.Module
{
    /// <summary>Steps as calibration found them.</summary>
    /// <param name="scales">Per channel.</param>
    public LearnedScale(LayerScales scales)
        : base(nameof(LearnedScale))
    {
        Logarithm = new Parameter(tensor(scales.WeightScale.Select(scale => (float)Math.Log(scale)).ToArray()));
        Divisor = tensor(scales.Shift.Select(shift => (float)(1L << shift)).ToArray());
        register_parameter("logarithm", Logarithm);
        register_buffer("divisor", Divisor);
    }

    /// <summary>Natural logarithm of the steps, [channels].</summary>
    public Parameter Logarithm { get; }

    /// <summary>2^shift, [channels].</summary>
    public Tensor Divisor { get; }

    /// <summary>Real value of one accumulator unit, float64, [channels].</summary>
    public Tensor Weight => Logarithm.to_type(ScalarType.Float64).exp();

    /// <summary>Real ReLU output of one code, float64, [channels].</summary>
    public Tensor Code => Weight * Divisor;

    /// <summary>The numbers as they are now.</summary>
    public LayerScales Current()
    {
        using IDisposable noGradient = no_grad();
        using Tensor weight = Weight;
        return new LayerScales(weight.data<double>().ToArray(), [.. Divisor.data<float>().Select(divisor => (int)Math.Log2(divisor))]);
    }
}
