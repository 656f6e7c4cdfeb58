namespace AdapterCompiler.Operators;

/// <summary>The same without padding in time: the maximum is over rows - 2 rows.</summary>
public sealed class ValidGlobalConvolutionOperator : GlobalConvolutionOperator
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.ValidGlobalConvolution;

    /// <inheritdoc/>
    public override string Keyword => "conv-global-valid";

    /// <inheritdoc/>
    public override int Margin => 1;
}
