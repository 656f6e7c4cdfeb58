using System;

namespace AdapterCompiler.Operators;

/// <summary>3x3 convolution, then one maximum over all positions: the last convolution of an encoder, one code a channel.</summary>
public class GlobalConvolutionOperator : ImageConvolution
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.GlobalConvolution;

    /// <inheritdoc/>
    public override string Keyword => "conv-global";

    /// <inheritdoc/>
    public override ValueArray<LayerKind> Next { get; } = ValueArray.Of(LayerKind.Dense);

    /// <inheritdoc/>
    public override bool WritesImage => false;

    /// <inheritdoc/>
    public override ImageShape Pool(ImageShape input) => Summed(input);

    /// <inheritdoc/>
    public override ImageShape Output(ImageShape input) => new(1, 1);

    /// <inheritdoc/>
    public override string Describe(ImageShape input) =>
        FormattableString.Invariant($"{input.Rows} x {input.Columns} -> 1 x 1. 3x3 convolution{Border}, maximum over all positions");
}
