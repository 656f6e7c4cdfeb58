using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Operators;

/// <summary>
/// Every layer kind. A new one is a name in <see cref="LayerKind"/>, a class beside the others and a line here, in the order of the names; what
/// computes it is a kernel's business.
/// </summary>
public static class LayerOperators
{
    /// <summary>Fully connected layers, and heads.</summary>
    public static DenseOperator Dense { get; } = new();

    /// <summary>In the order of <see cref="LayerKind"/>.</summary>
    public static ValueArray<LayerOperator> All { get; } = ValueArray.Of<LayerOperator>(new ConvolutionOperator(), new GlobalConvolutionOperator(), Dense, new ValidConvolutionOperator(), new ValidGlobalConvolutionOperator());

    /// <summary>What an encoder may begin with.</summary>
    public static ValueArray<LayerKind> First { get; } = ValueArray.Of(LayerKind.Convolution, LayerKind.GlobalConvolution, LayerKind.ValidConvolution, LayerKind.ValidGlobalConvolution);

    /// <summary>Their names in the model file.</summary>
    public static ValueArray<string> Keywords { get; } = All.Select(each => each.Keyword).ToValueArray();

    /// <summary>Rows of an input that an encoder needs at least, so that every layer has one to write.</summary>
    public static int FewestRows(IEnumerable<LayerOperator> layers) => layers.Reverse()
        .Aggregate(1, (rows, layer) => (rows * (layer.WritesImage ? layer.Pool(default).Rows : 1)) + (2 * layer.Margin));

    /// <summary>What a kind means.</summary>
    public static LayerOperator Of(LayerKind kind) => All[(int)kind];

    /// <summary>What a word of the model file means; null where it is no kind.</summary>
    public static LayerOperator? Find(string keyword) => All.FirstOrDefault(each => each.Keyword == keyword);
}
