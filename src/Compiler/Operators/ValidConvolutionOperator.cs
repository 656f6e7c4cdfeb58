namespace AdapterCompiler.Operators;

/// <summary>The same without padding in time: (rows - 2) / 2 rows, an odd one left out. What it computes of a stretch of sound does not depend on where a window begins, so a stream computes each row once.</summary>
public sealed class ValidConvolutionOperator : ConvolutionOperator
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.ValidConvolution;

    /// <inheritdoc/>
    public override string Keyword => "conv-valid";

    /// <inheritdoc/>
    public override ValueArray<LayerKind> Next { get; } = ValueArray.Of(LayerKind.ValidConvolution, LayerKind.ValidGlobalConvolution);

    /// <inheritdoc/>
    public override int Margin => 1;

    /// <inheritdoc/>
    public override ImageShape Divisor => new(1, 2);
}
