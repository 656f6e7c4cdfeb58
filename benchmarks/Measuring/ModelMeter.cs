using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>Compiles a model, counts what one window executes, and checks that it computes what the interpreter does.</summary>
internal static class ModelMeter
{
    private static readonly CompilationOptions Options = new("Model", "Counted", "counted.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop);

    /// <summary>Measures one case. It is compiled as one class without limits; <see cref="DeviceMeter"/> says what a device gets.</summary>
    /// <exception cref="InvalidOperationException">It does not compile, or computes something else than the interpreter.</exception>
    public static ModelResult Measure(BenchmarkCase benchmark)
    {
        string text = benchmark.Text();
        CompilationOptions options = Options with { SourceName = benchmark.FileName };
        CompilationResult result = ModelCompiler.Compile(text, options);
        CodedProgram program = result.Program
            ?? throw new InvalidOperationException(benchmark.Name + ": " + string.Join("; ", result.Diagnostics.Select(each => each.Message)));
        Network network = program.Network;
        byte[] codes = Window(network.Input);
        Inference expected = FixedPointInterpreter.Run(network, codes);
        IReadOnlyList<CountedBlock> blocks = PartsRun.Count([result], options, codes, expected);
        PartsRun.Compare(benchmark.Name, [result], options, codes, expected);
        var predicted = Prediction.Of(program);
        var pack = Tally.Of(blocks.Where(block => Scopes.IsPack(block.Scope)));
        return new ModelResult(
            benchmark, Macs.Shared(network), Macs.All(network),
            [.. predicted.Layers.Select(layer => new LayerResult(
                layer.Index, layer.IsConvolution, Macs.Of(network.Layers[layer.Index - 1]),
                Tally.Of(blocks.Where(block => Scopes.Layer(block.Scope) == layer.Index)),
                // Packing is called by the first layer and predicted with it.
                layer.Weighted - (layer.Index == 1 ? pack.Weighted : 0)))],
            pack,
            Tally.Of(blocks.Where(block => block.Scope == "Heads")),
            Tally.Of(blocks.Where(block => !Scopes.IsKnown(block.Scope))),
            Tally.Of(blocks.Where(block => block.Scope.Length == 0)),
            Tally.Of(blocks),
            predicted.All, result.Budget!.IlBytes, predicted.Memory,
            (network.Layers.Sum(layer => layer.Adapters.Sum(block => block.Channels.Count)), network.Layers.Sum(layer => layer.Adapters.Sum(block => block.DeclaredChannels))),
            DeviceMeter.Measure(benchmark.Name, text, options, codes, expected),
            BaselineMeter.Measure(network, codes, expected));
    }

    /// <summary>One window of random codes.</summary>
    public static byte[] Window(InputSpec input)
    {
        var random = new Random(PaperModels.Seed);
        return [.. Enumerable.Range(0, input.Frames * input.Bands).Select(_ => (byte)random.Next(1 << input.Bits))];
    }
}
