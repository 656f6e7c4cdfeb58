using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Benchmarks.Baselines;

/// <summary>One block in bytes.</summary>
public delegate void Int8Convolution(
    byte[] input, int inputs, int rows, int columns, int poolRows, int poolColumns, sbyte[] weights, int[] biases, byte[] shifts, int max, byte[] output);

/// <summary>One block in bytes with room for a padded copy of its input.</summary>
public delegate void PaddedInt8Convolution(
    byte[] input, byte[] padded, int inputs, int rows, int columns, int poolRows, int poolColumns, sbyte[] weights, int[] biases, byte[] shifts, int max, byte[] output);

/// <summary>Bytes: equal to the interpreter, bit for bit.</summary>
public sealed class Int8Baseline : Baseline
{
    private readonly Int8Convolution convolve;
    private readonly bool isPadded;
    private readonly (sbyte[] Weights, int[] Biases, byte[] Shifts, byte[] Input, byte[] Output)[] state;
    private byte[] window = [];

    /// <summary>Loops that test borders.</summary>
    public Int8Baseline(Network network, Int8Convolution convolve)
        : base(network)
    {
        this.convolve = convolve;
        state = [.. Blocks.Select(block => (block.Weights, block.Biases, block.Shifts, new byte[block.InputLength], new byte[block.OutputLength]))];
    }

    /// <summary>Loops over a padded copy.</summary>
    public Int8Baseline(Network network, PaddedInt8Convolution convolve)
        : this(network, Padded(convolve)) => isPadded = true;

    /// <inheritdoc/>
    public override int RamBytes => state.Sum(each => each.Weights.Length + (each.Biases.Length * sizeof(int)) + each.Shifts.Length)
        + Blocks.Max(block => (block.Below < 0 ? 0 : block.InputLength) + (isPadded ? block.PaddedLength : 0) + block.OutputLength);

    /// <inheritdoc/>
    public override void Start(byte[] codes) => window = codes;

    /// <inheritdoc/>
    public override void Prepare(int block)
    {
        BaselineBlock shape = Blocks[block];
        Join(state[block].Input, shape.Below < 0 ? window : state[shape.Below].Output, shape.Own < 0 ? [] : state[shape.Own].Output);
    }

    /// <inheritdoc/>
    public override void Convolve(int block)
    {
        (sbyte[] weights, int[] biases, byte[] shifts, byte[] input, byte[] output) = state[block];
        BaselineBlock shape = Blocks[block];
        convolve(
            input, shape.Inputs, shape.Layer.InputRows, shape.Layer.InputColumns, shape.PoolRows, shape.PoolColumns, weights, biases, shifts, shape.Block.ActivationMax, output);
    }

    /// <inheritdoc/>
    public override double Difference(int block, int[] expected) => state[block].Output.Zip(expected, (code, other) => System.Math.Abs(code - other)).Max();

    private static Int8Convolution Padded(PaddedInt8Convolution convolve)
    {
        byte[] padded = [];
        return (input, inputs, rows, columns, poolRows, poolColumns, weights, biases, shifts, max, output) =>
        {
            int length = inputs * (rows + 2) * (columns + 2);
            if (padded.Length < length)
                padded = new byte[length];
            convolve(input, padded, inputs, rows, columns, poolRows, poolColumns, weights, biases, shifts, max, output);
        };
    }
}
