using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Tests.Documentation;

/// <summary>The worked example of docs/kernels.md: one input channel, one output channel, 4 x 8 codes of 3 bits, four lanes along frequency.</summary>
internal sealed class KernelExample
{
    public const int Rows = 4;
    public const int Columns = 8;
    public const int Bias = 3;
    public const int Shift = 1;
    public const int MaxCode = 7;

    /// <summary>Taps, row by row.</summary>
    public static readonly sbyte[] Weights = [1, 0, -1, 0, 3, -2, 0, -2, 0];

    /// <summary>The window, row by row.</summary>
    public static readonly byte[] Codes =
    [
        0, 1, 1, 3, 7, 4, 5, 4,
        4, 7, 1, 5, 5, 6, 6, 0,
        3, 1, 4, 6, 6, 4, 5, 3,
        1, 1, 2, 3, 0, 2, 0, 7,
    ];

    private KernelExample(CodedProgram program)
    {
        Program = program;
        long[] lanes = new long[program.Lanes.Length];
        Arena = new byte[program.Arena.Size];
        Run = new TreeRun(new Dictionary<string, Array>(StringComparer.Ordinal) { ["codes"] = Codes, ["lanes"] = lanes, ["arena"] = Arena }, called =>
        {
            if (called is "Pack" or "PackFour")
                Packed = [.. lanes];
        });
        Run.Run(program.Code[0]);
    }

    /// <summary>The model, compiled with position lanes for its first layer and loops for the rest.</summary>
    public CodedProgram Program { get; }

    /// <summary>The arena of longs when the window has been packed; later the layer's output lies over the first long.</summary>
    public long[] Packed { get; private set; } = [];

    /// <summary>The arena of bytes after the first layer.</summary>
    public byte[] Arena { get; }

    /// <summary>Its first layer, run.</summary>
    public TreeRun Run { get; }

    /// <summary>The layer on lanes.</summary>
    public PlacedLaneLayer Layer => Program.Layers[0].Lanes!;

    /// <summary>Compiles and runs it.</summary>
    public static KernelExample Create() => new(Compile(Plan));

    /// <summary>The same model, compiled with other kernels; null for the planner's.</summary>
    public static CodedProgram Compile(Func<Network, KernelPlan>? plan)
    {
        string text = ModelWriter.Write(Model());
        var options = new CompilationOptions("Example", "", "example.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop);
        CompilationResult result = plan is null ? ModelCompiler.Compile(text, options) : ModelCompiler.Compile(text, options, network => [plan(network)]);
        return result.Program ?? throw new InvalidOperationException(string.Join("; ", result.Diagnostics.Select(diagnostic => diagnostic.Message)));
    }

    private static KernelPlan Plan(Network network) => KernelPlan.Loops(network) with
    {
        Layers = network.Layers.Select(layer => layer.Index == 1
            ? new LayerKernel(KernelKind.PositionLanes, new LaneFormat(4, LaneAxis.Frequency), LaneShape.Unrolled)
            : new LayerKernel(KernelKind.Loop)).ToValueArray(),
    };

    // What follows the layer is of no interest: the smallest network that the format allows, the adapter closed.
    private static ModelArtifact Model()
    {
        ValueArray<LayerArtifact> shared = ValueArray.Of(
            LayerOf(LayerKind.Convolution, 0, Bias, Shift, true, Weights),
            LayerOf(LayerKind.GlobalConvolution, 0, 1, 1, true, Weights),
            LayerOf(LayerKind.Dense, 0, 0, 0, true, 1));
        ValueArray<LayerArtifact> adapter = ValueArray.Of(
            LayerOf(LayerKind.Convolution, 0, 0, 0, false, Weights),
            LayerOf(LayerKind.GlobalConvolution, 1, 0, 0, false, [.. Weights, .. Weights]),
            LayerOf(LayerKind.Dense, 1, 0, 0, false, 1, 1));
        var head = new HeadArtifact(1, 1, 3, "1", ValueArray.Of(
            new HeadClassArtifact(0, ValueArray.Of(0), ValueArray.Of<sbyte>(1, 0)), new HeadClassArtifact(2, ValueArray.Of(0), ValueArray.Of<sbyte>(-1, 0))));
        return new ModelArtifact(
            "example", "none", new InputSpec(Rows, Columns, 3), new LogMelSpec(16000, 400, 160, 512, 60, 7800, -48000, 600), shared,
            ValueArray.Of(new TaskArtifact("task", ValueArray.Of("no", "yes"), null, adapter, head)));
    }

    private static LayerArtifact LayerOf(LayerKind kind, int ownInputs, int bias, int shift, bool isOpen, params sbyte[] weights) => new(
        kind, 1, ownInputs, 3, 3,
        ValueArray.Of(new ChannelArtifact(bias, shift, Enumerable.Repeat(0, ownInputs).ToValueArray(), weights.ToValueArray(), "1")), ValueArray.Of(isOpen));
}
