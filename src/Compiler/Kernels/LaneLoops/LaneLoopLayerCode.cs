using System;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.LaneLoops;

/// <summary>The loops of a convolution on packed lanes: two calls a block, four output channels at a time and then those that are left.</summary>
internal static class LaneLoopLayerCode
{
    /// <summary>Copied section that computes four channels at a time.</summary>
    public const string Four = "ConvolveFour";

    /// <summary>Copied section that computes one.</summary>
    public const string One = "ConvolveOne";

    /// <summary>For the reader, where max is passed to a global convolution.</summary>
    public const string MeaningOfMax = "Here max is the most that a lane holds: sums become codes after the maximum over the lanes.";

    /// <summary>Output channels that one pass over the image computes.</summary>
    public const int Group = 4;

    /// <summary>Positions of a tile, as many as its lines round to: enough to make the loading of weights a twentieth of the work, few enough to keep sums short.</summary>
    private const int TilePositions = 64;

    /// <summary>Bytes of a channel in the table.</summary>
    /// <param name="inputs">Inputs of a channel.</param>
    /// <param name="width">Bits of each weight; 0 for a byte.</param>
    public static int RowBytes(int inputs, int width) => NarrowWeights.Bytes(RowLength(inputs), width);

    /// <summary>A channel's row: weights by line and place, two inputs at a time. A global convolution is shifted after the maximum over lanes alone.</summary>
    public static (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel)
    {
        LaneLayer lanes = layer.Lanes!;
        sbyte[] padded = new sbyte[RowLength(layer.Layer.Operator.InputOf(channel.Weights.Count))];
        for (int w = 0; w < channel.Weights.Count; w++)
            padded[w] = channel.Weights[LaneSum.LineMajor(w, lanes.Format.Axis)];
        return (NarrowWeights.Pack(padded, layer.Kernel.Width).ToValueArray(), lanes.IsGlobal ? 0 : channel.Shift);
    }

    /// <summary>Lines that are computed in one go.</summary>
    public static int TileLines(LaneLayer lanes)
    {
        int lines = Math.Max(1, TilePositions / (2 * lanes.Input.Places)) * 2;
        return Math.Min(lines, lanes.SummedLines);
    }

    /// <summary>Longs that the sums of a tile take.</summary>
    public static int SumsOf(LaneLayer lanes) => (TileLines(lanes) + 1) / 2 * 2 * lanes.Input.Places * Group;

    // Inputs in pairs.
    private static int RowLength(int inputs) => (inputs + 1) / 2 * NarrowWeights.OfPair;

    /// <summary>Calls the kernels for every step whose weights are in tables.</summary>
    public static void Convolve(LayerCodeBuilder builder, PartProgram program, PartLayer lowered)
    {
        PlacedLaneLayer lanes = lowered.Lanes!;
        StaticField field = StateFields.Lanes(program.Part);
        if (lanes.IsGlobal && lowered.Steps.Any(step => step.Table is not null))
            builder.Comment(MeaningOfMax);
        foreach (PlacedStep step in lowered.Steps)
        {
            if (step.Table is not { } table)
                continue;
            ChannelSpan span = lowered.SpanOf(step);
            int fours = span.Count / Group * Group, row = RowBytes(step.Block.SharedInputs + step.Block.OwnInputs, lowered.Kernel.Width);
            if (fours > 0)
                Convolve(builder, program, lanes, field, span with { Count = fours }, step, table, (0, 0), lowered.Kernel.Width, Four);
            if (fours < span.Count)
                Convolve(builder, program, lanes, field, span with { First = span.First + fours, Count = span.Count - fours }, step, table, (fours * row, fours), lowered.Kernel.Width, One);
        }
    }

    private static void Convolve(
        LayerCodeBuilder builder, PartProgram program, PlacedLaneLayer lanes, StaticField field, ChannelSpan span, BlockStep step, TablePlace table, (int Weights, int Channels) behind, int width, string kernel)
    {
        LaneImage input = lanes.Input;
        // A global convolution keeps the greatest sums as they are.
        int max = lanes.IsGlobal ? (int)(lanes.Format.GuardValue - 1) : step.Block.ActivationMax;
        var shape = new LaneLoopShape(
            lanes.Format.Lanes, lanes.SummedLines, input.Places, step.Block.SharedInputs, step.Block.OwnInputs, span.Count, TileLines(lanes),
            lanes.IsGlobal ? input.Lines : 2, lanes.IsGlobal ? input.Places : 2, width, lanes.FirstLine);
        builder.Kernel(
            step.Mask, LaneLoopTally.Convolve(shape, kernel == Four ? Group : 1), NarrowWeights.Kernel(kernel, width),
            ("lanes", field), ("start", lanes.InputAt(0)), ("stride", lanes.InInput(1, 0)), ("step", lanes.InInput(0, 1)),
            ("lines", Expressions.Int(input.Lines)), ("first", Expressions.Int(lanes.FirstLine)), ("end", Expressions.Int(lanes.FirstLine + lanes.SummedLines)), ("places", Expressions.Int(input.Places)), ("zero", Expressions.Int(PlacedLaneLayer.ZeroStart)),
            ("shared", Expressions.Int(step.Block.SharedInputs)), ("own", Expressions.Int(step.Block.OwnInputs)), ("ownStart", Expressions.Int(span.Block.OwnInput)),
            ("weights", StateFields.Weights), ("weight", program.Part.Weight(lanes.Layer.Index, step.Task, table, behind.Weights)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
            ("channel", program.Part.Channel(lanes.Layer.Index, step.Task, table, behind.Channels)), ("channels", Expressions.Int(span.Count)), ("max", Expressions.Int(max)),
            ("output", lanes.OutputAt(span.FirstOutput)), ("outputStride", lanes.InOutput(1, 0)), ("outputStep", lanes.InOutput(0, 1)),
            ("sums", CodePlaces.At(CodePlaces.Sums, "Sums", program.Lanes.SumsStart)), ("tile", Expressions.Int(shape.TileLines)),
            ("poolLines", Expressions.Int(shape.PoolLines)), ("poolPlaces", Expressions.Int(shape.PoolPlaces)),
            ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)), ("pair", Expressions.Int(NarrowWeights.BytesOfPair(width))));
    }
}
