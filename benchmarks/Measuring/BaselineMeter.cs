using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Benchmarks.Baselines;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>Counts the loops by hand as generated code is counted, and checks that they compute the same.</summary>
internal static class BaselineMeter
{
    // Floating point keeps what the codes round away, in up to five layers.
    private const double FloatTolerance = 8;

    private static readonly Dictionary<string, (CountedAssembly Assembly, int IlBytes)> Compiled = new(StringComparer.Ordinal);

    /// <summary>All baselines over one window.</summary>
    /// <exception cref="InvalidOperationException">One computes something else than the interpreter.</exception>
    public static IReadOnlyList<BaselineResult> Measure(Network network, byte[] codes, Inference expected) =>
        [.. BaselineSet.Names.Select(name => Measure(name, network, codes, expected))];

    private static BaselineResult Measure(string name, Network network, byte[] codes, Inference expected)
    {
        (CountedAssembly assembly, int ilBytes) = Compile(name);
        Baseline baseline = BaselineSet.Create(name, network, assembly.Loaded);
        baseline.Start(codes);
        var counted = new List<CountedBlock>();
        long[] layers = new long[network.Layers.Count(layer => layer.Kind != LayerKind.Dense)];
        for (int block = 0; block < baseline.Blocks.Count; block++)
        {
            baseline.Prepare(block);
            IReadOnlyList<CountedBlock> blocks = assembly.Count(() => baseline.Convolve(block));
            layers[baseline.Blocks[block].Layer.Index - 1] += blocks.Sum(each => each.Weighted);
            counted.AddRange(blocks);
        }

        double difference = baseline.Difference(expected);
        if (difference > (name == nameof(NaiveFloat) ? FloatTolerance : 0))
            throw new InvalidOperationException(FormattableString.Invariant($"{name} differs from the interpreter by {difference}"));
        return new BaselineResult(name, Tally.Of(counted), layers, ilBytes, baseline.RamBytes, difference);
    }

    private static (CountedAssembly Assembly, int IlBytes) Compile(string name)
    {
        if (Compiled.TryGetValue(name, out (CountedAssembly, int) compiled))
            return compiled;
        string file = name + ".cs";
        using var reader = new StreamReader(typeof(BaselineMeter).Assembly.GetManifestResourceStream(file)!);
        EmittedFile[] files = [new EmittedFile(file, reader.ReadToEnd())];
        return Compiled[name] = (new CountedAssembly(files), IlSize.Of(GeneratedAssembly.Compile(files, ClassLibrary.NanoFramework)).IlBytes);
    }
}
