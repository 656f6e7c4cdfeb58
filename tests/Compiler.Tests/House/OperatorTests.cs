using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Operators;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>What a layer kind means is decided in src/Compiler/Operators and nowhere else.</summary>
public class OperatorTests
{
    // Torch's own forward passes, float and integer, and the encoder that the trainer builds: they name kinds, and are held to the interpreter.
    private static readonly string[] Elsewhere =
    [
        "Compiler/Operators/", "Trainer/Networks/LayerActivation.cs", "Trainer/Networks/NetworkShape.cs", "Trainer/Quantisation/IntegerBlock.cs",
        "Trainer/Quantisation/IntegerForward.cs", "Trainer/Quantisation/ScaleSearch.cs",
    ];

    [Fact]
    public void No_source_outside_asks_for_a_kind()
    {
        Assert.NotEmpty(Sources.Matches(@"\bLayerKind\.(Convolution|GlobalConvolution|Dense)\b"));
        Expect.None(Sources.Matches(@"\bLayerKind\.\w|\(LayerKind\)|\bis (not )?\w+Operator\b|\bcase \w+Operator\b", Elsewhere));
        Expect.None(KindRules.Layers(CompilerSources.All));
    }

    // Whatever the enumeration's members are called, a name of one alone is one.
    [Fact]
    public void However_a_kind_is_asked_for_it_is_found() => Planted.AllFound(
        "Planning",
        "using System; using System.Collections.Generic; using System.Linq; using AdapterCompiler.Model; using AdapterCompiler.Operators; using static AdapterCompiler.Operators.LayerKind;",
        "static bool Same<T>(T a, T b) => Equals(a, b); static LayerKind KindOf(Layer each) => each.Kind; bool Ask(Layer layer, Layer other, HashSet<LayerKind> kinds, Dictionary<LayerOperator, int> table, string[] words) => {0};",
        KindRules.Layers,
        "(int)layer.Kind == 2",
        "layer.Kind == (LayerKind)2",
        "layer.Kind.ToString() == \"Dense\"",
        "$\"{layer.Kind}\" == \"Dense\"",
        "string.Concat(layer.Kind) == \"Dense\"",
        "layer.Kind == Dense",
        "layer.Kind is Dense",
        "layer.Kind > 0",
        "layer.Kind != default",
        "layer is { Kind: > 0 }",
        "layer.Kind switch { > 0 => true, _ => false }",
        "layer.Kind.Equals(layer.Kind)",
        "Equals(layer.Kind, other.Kind)",
        "layer.Kind == other.Kind",
        "layer.Kind == LayerOperators.First[0]",
        "layer.Kind == LayerOperators.First.Last()",
        "LayerOperators.First.Skip(1).Contains(layer.Kind)",
        "layer.Kind == Enum.Parse<LayerKind>(\"Dense\")",
        "new[] { other }.GroupBy(each => each.Kind).Any()",
        "layer.Operator == LayerOperators.Dense",
        "ReferenceEquals(layer.Operator, LayerOperators.Dense)",
        "layer.Operator == LayerOperators.All[2]",
        "layer.Operator.GetType().Name == \"DenseOperator\"",
        "layer.Operator is DenseOperator",
        "layer.Operator.ToString() == \"\"",
        "layer.Operator.Keyword == \"dense\"",
        "layer.Operator.Keyword is \"dense\"",
        "string.Equals(layer.Operator.Keyword, \"dense\", StringComparison.Ordinal)",
        "LayerOperators.Find(\"dense\")!.Taps > 1",
        "layer.Operator.Taps == 9",
        "layer.Operator is { Taps: 9 }",
        "layer.Operator.Weights(1) > 1",
        "layer.Operator.Divisor == 2",
        "layer.Operator.Name == \"Dense\"",
        "layer.Operator.Next.Count > 0",
        "layer.Operator.Describe(new ImageShape(1, 1)) == \"\"",
        "kinds.Contains(layer.Kind)",
        "kinds.Add(LayerOperators.Dense.Kind)",
        "Same(layer.Kind, other.Kind)",
        "new[] { other }.GroupBy(KindOf).Any()",
        "Array.IndexOf(new LayerKind[2], layer.Kind) > 0",
        "Same(layer.Operator, other.Operator)",
        "table.ContainsKey(layer.Operator)",
        "table[layer.Operator] > 0",
        "new[] { other }.GroupBy(each => each.Operator).Any()",
        "((Func<bool>)(() => { object of = layer.Operator; return of == (object)table; }))()",
        "layer.Operator.Keyword.StartsWith(\"den\", StringComparison.Ordinal)",
        "layer.Operator.Keyword.Length == 5",
        "layer.Operator.Keyword[0] == 'd'",
        "$\"{layer.Operator.Keyword}\" == \"dense\"",
        "words.Contains(layer.Operator.Keyword)",
        "string.Concat(\"\", layer.Operator.Name) == \"Dense\"",
        "((Func<bool>)(() => { string word = layer.Operator.Keyword; return word == \"dense\"; }))()",
        "layer.Operator.Describe(layer.Input).Contains(\"pool\")",
        "layer.Operator.Taps - 1 == 8",
        "((Func<bool>)(() => { int taps = layer.Operator.Taps; return taps > 1; }))()");

    [Fact]
    public void No_source_outside_counts_taps() => Expect.None(Sources.Matches(@"\? 1 : 9|\? 9 : 1|\* 9\b|/ 9\b", [.. Elsewhere, "Compiler/Kernels/", "Trainer/"]));

    [Fact]
    public void Every_kind_has_an_operator_a_file_and_a_keyword_of_its_own()
    {
        LayerKind[] kinds = Enum.GetValues<LayerKind>();
        Assert.Equal(kinds, LayerOperators.All.Select(each => each.Kind));
        Assert.Equal(kinds.Length, LayerOperators.Keywords.Distinct(StringComparer.Ordinal).Count());
        foreach (LayerKind kind in kinds)
        {
            Assert.Same(LayerOperators.Of(kind), LayerOperators.Find(LayerOperators.Of(kind).Keyword));
            Assert.True(File.Exists(Path.Combine(Sources.Root, "src", "Compiler", "Operators", LayerOperators.Of(kind).GetType().Name + ".cs")));
        }
    }

    [Fact]
    public void A_tap_is_said_to_reach_padding_where_some_position_has_it_outside()
    {
        foreach (LayerOperator layer in LayerOperators.All)
        {
            foreach (ImageShape image in new ImageShape[] { new(1, 1), new(1, 4), new(4, 1), new(2, 2), new(4, 6) }.Where(image => layer.ReadsImage || image.Positions == 1))
            {
                // Positions whose sums are taken; without padding in time an image of one row has none.
                if (image.Rows <= 2 * layer.Margin)
                    continue;
                int positions = layer.Summed(image).Positions;
                int[] read = [.. Enumerable.Range(0, layer.Taps).Select(tap => Enumerable.Range(0, positions)
                    .Count(position => layer.Reads(position / image.Columns, position % image.Columns, image).Any(each => each.Tap == tap)))];
                Assert.Equal(read.Select(count => count == positions ? TapReach.Always : count == 0 ? TapReach.Never : TapReach.Sometimes), layer.Reach(image));
            }
        }
    }
}
