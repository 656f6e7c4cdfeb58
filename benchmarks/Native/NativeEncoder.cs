using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;

namespace AdapterCompiler.Benchmarks.Native;

/// <summary>The paper's shared encoder in C: encoder.c, and model.h with an 8-bit model's weights, a window, and what the interpreter makes of it.</summary>
internal static class NativeEncoder
{
    private const string Source = "encoder.c";

    /// <summary>Multiply-accumulates of the dense encoder, embedding included.</summary>
    public static long Multiplications { get; } = Sum(_ => true);

    /// <summary>Those of its convolutions.</summary>
    public static long Convolutions { get; } = Sum(layer => layer.Operator.ReadsImage);

    /// <summary>Writes both files.</summary>
    /// <param name="folder">Made where it is not there.</param>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(Repository.Folder, "benchmarks", "Native", Source), Path.Combine(folder, Source), overwrite: true);
        File.WriteAllText(Path.Combine(folder, "model.h"), Header(Network(Model())));
    }

    private static long Sum(Func<Layer, bool> counts) => Network(Model()).Layers.Where(counts).Sum(layer =>
        (long)layer.InputRows * layer.InputColumns * layer.Operator.Taps * layer.Shared.SharedInputs * layer.Shared.Channels.Count);

    private static ModelArtifact Model() => PaperModels.Alone(new WeightSetting("8 bit, dense", 8, 0, 0));

    private static Network Network(ModelArtifact model) => NetworkBuilder.Build(model);

    private static string Header(Network network)
    {
        byte[] codes = ModelMeter.Window(network.Input);
        int[] expected = [.. FixedPointInterpreter.Run(network, codes).Layers[^1].Shared.SelectMany(channel => channel)];
        int arena = network.Layers.Max(layer => layer.OutputRows * layer.OutputColumns * layer.Shared.Channels.Count);
        IEnumerable<string> lines =
        [
            "/* Written by `benchmarks native FOLDER`. */",
            FormattableString.Invariant($"#define ARENA {arena}"),
            FormattableString.Invariant($"#define MOST {network.Layers[0].Shared.ActivationMax}"),
            Array("uint8_t", "codes", codes.Select(value => (long)value)),
            Array("uint8_t", "expected", expected.Select(value => (long)value)),
            .. network.Layers.SelectMany(Tables),
            "#define LAYERS \\",
            .. network.Layers.Select(layer => "    " + Call(layer) + " \\"),
            "    return " + Output(network.Layers[^1]) + ";",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Tables(Layer layer)
    {
        int taps = layer.Operator.Taps, inputs = layer.Shared.SharedInputs;
        ValueArray<Channel> channels = layer.Shared.Channels;
        // The model file has a channel's taps input by input.
        yield return Array("int8_t", Named("weights", layer), channels.SelectMany(channel =>
            Enumerable.Range(0, taps).SelectMany(tap => Enumerable.Range(0, inputs).Select(input => (long)channel.Weights[(input * taps) + tap]))));
        yield return Array("int32_t", Named("biases", layer), channels.Select(channel => channel.Bias));
        yield return Array("uint8_t", Named("shifts", layer), channels.Select(channel => (long)channel.Shift));
    }

    private static string Call(Layer layer)
    {
        string input = layer.Index == 1 ? "codes" : layer.Index % 2 == 0 ? "ping" : "pong", tables = $"{Named("weights", layer)}, {Named("biases", layer)}, {Named("shifts", layer)}";
        int inputs = layer.Shared.SharedInputs, outputs = layer.Shared.Channels.Count;
        return layer.Operator.ReadsImage
            ? FormattableString.Invariant($"convolve({input}, {layer.InputRows}, {layer.InputColumns}, {inputs}, {Output(layer)}, {outputs}, {layer.InputRows / layer.OutputRows}, {layer.InputColumns / layer.OutputColumns}, {tables});")
            : FormattableString.Invariant($"connect({input}, {inputs}, {Output(layer)}, {outputs}, {tables});");
    }

    private static string Output(Layer layer) => layer.Index % 2 == 0 ? "pong" : "ping";

    private static string Named(string name, Layer layer) => name + layer.Index.ToString(CultureInfo.InvariantCulture);

    private static string Array(string type, string name, IEnumerable<long> values) =>
        $"static const {type} {name}[] = {{ {string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)))} }};";
}
