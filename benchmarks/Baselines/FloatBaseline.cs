using System;
using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Benchmarks.Baselines;

/// <summary>One block in floating point.</summary>
public delegate void FloatConvolution(
    float[] input, int inputs, int rows, int columns, int poolRows, int poolColumns, float[] weights, float[] biases, float[] scales, float max, float[] output);

/// <summary>Floating point: the network before its activations were rounded to codes, so it differs from the interpreter by what rounding does.</summary>
public sealed class FloatBaseline : Baseline
{
    private readonly FloatConvolution convolve;
    private readonly (float[] Weights, float[] Biases, float[] Scales, float[] Input, float[] Output)[] state;
    private float[] window = [];

    /// <summary>Loops over a network.</summary>
    public FloatBaseline(Network network, FloatConvolution convolve)
        : base(network)
    {
        this.convolve = convolve;
        state = [.. Blocks.Select(block => (
            block.Weights.Select(weight => (float)weight).ToArray(),
            // The integer bias holds the half that makes the shift round.
            block.Biases.Zip(block.Shifts, (bias, shift) => (float)bias - ((1 << shift) >> 1)).ToArray(),
            block.Shifts.Select(shift => 1f / (1 << shift)).ToArray(),
            new float[block.InputLength],
            new float[block.OutputLength]))];
    }

    /// <inheritdoc/>
    public override int RamBytes => sizeof(float) * (state.Sum(each => each.Weights.Length + each.Biases.Length + each.Scales.Length)
        + Blocks.Max(block => (block.Below < 0 ? 0 : block.InputLength) + block.OutputLength));

    /// <inheritdoc/>
    public override void Start(byte[] codes) => window = [.. codes.Select(code => (float)code)];

    /// <inheritdoc/>
    public override void Prepare(int block)
    {
        BaselineBlock shape = Blocks[block];
        Join(state[block].Input, shape.Below < 0 ? window : state[shape.Below].Output, shape.Own < 0 ? [] : state[shape.Own].Output);
    }

    /// <inheritdoc/>
    public override void Convolve(int block)
    {
        (float[] weights, float[] biases, float[] scales, float[] input, float[] output) = state[block];
        BaselineBlock shape = Blocks[block];
        convolve(
            input, shape.Inputs, shape.Layer.InputRows, shape.Layer.InputColumns, shape.PoolRows, shape.PoolColumns, weights, biases, scales, shape.Block.ActivationMax, output);
    }

    /// <inheritdoc/>
    public override double Difference(int block, int[] expected) => state[block].Output.Zip(expected, (value, code) => Math.Abs((double)value - code)).Max();
}
