using System;

namespace AdapterCompiler.Operators;

/// <summary>3x3 convolution, then 2x2 max-pool: half the rows, half the columns.</summary>
public class ConvolutionOperator : ImageConvolution
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Convolution;

    /// <inheritdoc/>
    public override string Keyword => "conv";

    /// <inheritdoc/>
    public override ValueArray<LayerKind> Next { get; } = ValueArray.Of(LayerKind.Convolution, LayerKind.GlobalConvolution);

    /// <inheritdoc/>
    public override bool WritesImage => true;

    /// <inheritdoc/>
    public override ImageShape Divisor => new(2, 2);

    /// <inheritdoc/>
    public override ImageShape Pool(ImageShape input) => new(2, 2);

    /// <inheritdoc/>
    public override ImageShape Output(ImageShape input) => new(Math.Max(1, Summed(input).Rows / 2), Math.Max(1, input.Columns / 2));

    /// <inheritdoc/>
    public override string Describe(ImageShape input)
    {
        (int rows, int columns) = Output(input);
        return FormattableString.Invariant($"{input.Rows} x {input.Columns} -> {rows} x {columns}. 3x3 convolution{Border}, 2x2 max-pool");
    }
}
