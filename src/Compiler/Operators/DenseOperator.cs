using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Operators;

/// <summary>Fully connected: the embedding, the last layer of an encoder. Heads have its layout and its sum too.</summary>
public sealed class DenseOperator : LayerOperator
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Dense;

    /// <inheritdoc/>
    public override string Keyword => "dense";

    /// <inheritdoc/>
    public override ValueArray<LayerKind> Next { get; } = ValueArray<LayerKind>.Empty;

    /// <inheritdoc/>
    public override int Taps => 1;

    /// <inheritdoc/>
    public override bool ReadsImage => false;

    /// <inheritdoc/>
    public override bool WritesImage => false;

    /// <inheritdoc/>
    public override ImageShape Pool(ImageShape input) => input;

    /// <inheritdoc/>
    public override ImageShape Output(ImageShape input) => input;

    /// <inheritdoc/>
    public override IEnumerable<(int Tap, int Row, int Column)> Reads(int row, int column, ImageShape input) => [(0, row, column)];

    /// <inheritdoc/>
    public override TapReach[] Reach(ImageShape input) => [TapReach.Always];

    /// <inheritdoc/>
    public override int[] Accumulate(ImageShape input, long bias, ValueArray<sbyte> weights, int[][] inputs) =>
        [checked((int)(bias + weights.Select((weight, i) => (long)weight * inputs[i][0]).Sum()))];

    /// <inheritdoc/>
    public override string Describe(ImageShape input) => "embedding. Fully connected";
}
