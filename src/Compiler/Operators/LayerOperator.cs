using System.Collections.Generic;
using AdapterCompiler.Arithmetic;

namespace AdapterCompiler.Operators;

/// <summary>
/// Everything that a layer kind means, apart from how kernels compute it: a kind is one class, listed in <see cref="LayerOperators"/>. All of them
/// sum weighted inputs, shared ones first, and take the maximum of a pool of sums; ReLU and shift to codes follow and are the same for all.
/// </summary>
public abstract class LayerOperator
{
    /// <summary>Its name here.</summary>
    public abstract LayerKind Kind { get; }

    /// <summary>Its name in dumps.</summary>
    public string Name => Kind.ToString();

    /// <summary>Its name in the model file.</summary>
    public abstract string Keyword { get; }

    /// <summary>What may follow it in an encoder; nothing where it is the last.</summary>
    public abstract ValueArray<LayerKind> Next { get; }

    /// <summary>Weights of one pair of input and output channel. A channel's row holds its inputs in order, shared ones first, so many weights each.</summary>
    public abstract int Taps { get; }

    /// <summary>It reads an image position by position, each with its neighbours and padding outside. Otherwise a channel is one code.</summary>
    public abstract bool ReadsImage { get; }

    /// <summary>What it writes is an image too.</summary>
    public abstract bool WritesImage { get; }

    /// <summary>What the sides of its input must be multiples of, so that pools leave nothing over.</summary>
    public virtual ImageShape Divisor => new(1, 1);

    /// <summary>Rows at either end of its input that are read as neighbours only: 1 where nothing is padded in time, so that a row's sums are the same in every window it is in.</summary>
    public virtual int Margin => 0;

    /// <summary>The positions whose sums are taken.</summary>
    public virtual ImageShape Summed(ImageShape input) => input;

    /// <summary>Positions whose sums one code is the maximum of.</summary>
    /// <param name="input">Of the input.</param>
    public abstract ImageShape Pool(ImageShape input);

    /// <summary>What it writes.</summary>
    /// <param name="input">What it reads.</param>
    public abstract ImageShape Output(ImageShape input);

    /// <summary>The taps that lie inside the image at a position, and what they read there.</summary>
    public abstract IEnumerable<(int Tap, int Row, int Column)> Reads(int row, int column, ImageShape input);

    /// <summary>For each tap whether it ever reads padding.</summary>
    public abstract TapReach[] Reach(ImageShape input);

    /// <summary>Runs one output channel in the plainest loops there are: the definition that kernels are held to.</summary>
    /// <param name="input">Shape of every input.</param>
    /// <param name="bias">What every sum starts with.</param>
    /// <param name="weights">The channel's row.</param>
    /// <param name="inputs">Codes, [input][row-major position].</param>
    /// <returns>Sums after pooling, row-major; neither ReLU nor shift.</returns>
    /// <exception cref="System.OverflowException">A sum left Int32: the network was not proven.</exception>
    public abstract int[] Accumulate(ImageShape input, long bias, ValueArray<sbyte> weights, int[][] inputs);

    /// <summary>For the reviewer: "96 x 64 -> 48 x 32. 3x3 convolution, 2x2 max-pool".</summary>
    public abstract string Describe(ImageShape input);

    /// <summary>Weights of a row, or of its first inputs.</summary>
    public int Weights(int inputs) => inputs * Taps;

    /// <summary>The input that a weight of a row meets.</summary>
    public int InputOf(int weight) => weight / Taps;

    /// <summary>Least and greatest sum of a channel over every possible input, wherever it is evaluated.</summary>
    /// <param name="bias">What the sum starts with.</param>
    /// <param name="weights">The channel's row.</param>
    /// <param name="sharedInputs">Inputs of the shared encoder.</param>
    /// <param name="maxima">Largest codes.</param>
    public AccumulatorRange Range(long bias, ValueArray<sbyte> weights, int sharedInputs, InputMaxima maxima) =>
        RangeProof.Of(bias, weights, Weights(sharedInputs), maxima.Shared, maxima.Own);

    /// <summary>Multiply-accumulates of pairs of input and output channel in one window, border taps counted as if the image went on. The trainer's penalty charges for pairs by it.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="pairs">How many.</param>
    public long MultiplyAccumulates(ImageShape input, long pairs) => (long)Output(input).Rows * Pool(input).Rows * input.Columns * Taps * pairs;
}
