using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Benchmarks.Baselines;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>Loops by hand next to generated code.</summary>
internal static class BaselineTables
{
    /// <summary>What the baselines are.</summary>
    public static IReadOnlyList<string> Explanation { get; } =
    [
        "benchmarks/Baselines/Loops has what is written by hand. The fair comparison is the flat loop in bytes, by somebody who knows the interpreter: a padded copy of the input, indices hoisted, the nine taps written out.",
        "The naive loops, in bytes and in floating point, are what a beginner writes: channel-major, with the borders tested for every tap. All compute the same convolutions, from the codes to the pooled features, and",
        "are counted in the same way. The byte versions equal the interpreter bit for bit; the float version keeps what codes round away (greatest difference in codes given). Weighted instructions per dense",
        "multiply-accumulate, and how many times the generated code's; the loops do not care which weights are zero. RAM is tables and activations of the convolutions (the generated model's: of everything).",
        "",
    ];

    /// <summary>The fair one.</summary>
    public static BaselineResult Flat(ModelResult result) => result.Baselines.Single(baseline => baseline.Name == nameof(FlatInt8));

    /// <summary>How many times the generated code's instructions the fair one takes.</summary>
    public static double TimesFlat(ModelResult result) => (double)Flat(result).Counted.Weighted / result.Convolutions;

    /// <summary>A row a model.</summary>
    public static IEnumerable<string> Encoder(IEnumerable<ModelResult> results) => Markdown.Table(
        ["model", "generated", .. BaselineSet.Names.SelectMany(name => new[] { BaselineSet.Title(name), "ratio" }), "float differs by", "RAM: generated", .. BaselineSet.Names.Select(BaselineSet.Title)],
        results.Select(result => (IReadOnlyList<string>)
        [
            result.Case.Setting?.Name ?? result.Case.Name,
            Markdown.Number(result.PerMac),
            .. result.Baselines.SelectMany(baseline => new[]
            {
                Markdown.Number((double)baseline.Counted.Weighted / result.Macs), Markdown.Number((double)baseline.Counted.Weighted / result.Convolutions),
            }),
            Markdown.Number(result.Baselines.Single(baseline => baseline.Name == nameof(NaiveFloat)).Difference),
            TextTable.Number(result.Memory.Bytes),
            .. result.Baselines.Select(baseline => TextTable.Number(baseline.RamBytes)),
        ]));
}
