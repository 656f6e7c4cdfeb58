using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>Tables of the shared encoder: aims and layers.</summary>
internal static class EncoderTables
{
    private static readonly OpcodeClass[] Classes = [OpcodeClass.Loads, OpcodeClass.Constants, OpcodeClass.Additions, OpcodeClass.Products, OpcodeClass.Bits, OpcodeClass.Stores, OpcodeClass.Control];

    /// <summary>What the columns of <see cref="ByLayer"/> mean.</summary>
    public static IReadOnlyList<string> Explanation { get; } =
    [
        "Share of each layer's weighted instructions by what the opcodes do: loads are ldelem, ldloc, ldarg, ldsfld and dup; constants ldc; additions add and sub; products mul and div; bits and, or, xor, not, neg, shl and",
        "shr, which in lane kernels are the epilogue (maximum, ReLU, shift, clamp) and the halos, while its constants and loads are in those columns; stores stelem, stloc and starg; control the rest: branches,",
        "comparisons, conversions and calls.",
        "",
    ];

    /// <summary>Aim next to reached.</summary>
    public static IEnumerable<string> Encoder(IEnumerable<ModelResult> results) => Markdown.Table(
        ["weights", "weighted per multiply-accumulate", "aim (issue C)", "", "packing", "IL bytes", "RAM bytes", "predicted/executed - 1", .. NetworkTables.OnDeviceHeader],
        results.Select(result => (IReadOnlyList<string>)
        [
            result.Case.Setting!.Name,
            Markdown.Number(result.PerMac),
            result.Case.Setting.Aim.ToString(CultureInfo.InvariantCulture),
            result.PerMac <= result.Case.Setting.Aim ? "reached" : "missed",
            result.Pack.Weighted == 0 ? "-" : Markdown.Number((double)result.Pack.Weighted / result.Macs),
            TextTable.Number(result.IlBytes),
            TextTable.Number(result.Memory.Bytes),
            Markdown.Difference(result.Predicted, result.All.Weighted),
            .. NetworkTables.OnDevice(result),
        ]));

    /// <summary>Costs of each layer and what its instructions do.</summary>
    public static IEnumerable<string> ByLayer(IEnumerable<ModelResult> results) => Markdown.Table(
        ["model, layer", "weighted", "per multiply-accumulate", "of all", .. Classes.Select(each => each.ToString().ToLowerInvariant()), "predicted/executed - 1"],
        results.SelectMany(result => result.Layers.Select(layer => (IReadOnlyList<string>)
        [
            Label(result, layer),
            Markdown.Millions(layer.Counted.Weighted),
            layer.IsConvolution ? Markdown.Number((double)layer.Counted.Weighted / layer.Macs) : "-",
            Markdown.Percent(layer.Counted.Weighted, result.All.Weighted),
            .. Classes.Select(each => Markdown.Percent(layer.Counted.Of(each), layer.Counted.Weighted)),
            Markdown.Difference(layer.Predicted, layer.Counted.Weighted),
        ])));

    private static string Label(ModelResult result, LayerResult layer) => string.Create(
        CultureInfo.InvariantCulture, $"{result.Case.Setting?.Name ?? result.Case.Name}, layer {layer.Index}{(layer.IsConvolution ? "" : " (embedding)")}");
}
