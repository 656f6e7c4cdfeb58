namespace AdapterCompiler.Operators;

/// <summary>Names of what a layer computes; what each of them means is a file of this folder (<see cref="LayerOperators"/>). Every kind ends in ReLU and a shift to codes.</summary>
public enum LayerKind
{
    /// <summary>3x3 convolution, stride 1, padding code 0, then 2x2 max-pool.</summary>
    Convolution,

    /// <summary>3x3 convolution, stride 1, padding code 0, then one maximum over all positions: the last convolution.</summary>
    GlobalConvolution,

    /// <summary>Fully connected: the embedding.</summary>
    Dense,

    /// <summary>3x3 convolution, stride 1, padding code 0 along frequency and none in time, then 2x2 max-pool.</summary>
    ValidConvolution,

    /// <summary>3x3 convolution, stride 1, padding code 0 along frequency and none in time, then one maximum over all positions.</summary>
    ValidGlobalConvolution,
}
