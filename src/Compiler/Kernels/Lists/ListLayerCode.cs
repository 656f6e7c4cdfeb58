using System.Linq;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lists;

/// <summary>Layers as calls of the list kernels, one for every step whose weights are in tables.</summary>
internal static class ListLayerCode
{
    /// <summary>Copied section of layers with pools.</summary>
    public const string Four = "ListFour";

    /// <summary>Copied section of the last convolution.</summary>
    public const string One = "ListOne";

    /// <summary>Copied section of fully connected layers.</summary>
    public const string Connect = "ConnectLists";

    /// <summary>Copied section of heads.</summary>
    public const string Classify = "ClassifyLists";

    /// <summary>Longs for the sums of two lines, or of all positions of a global convolution.</summary>
    public static int SumsOf(LaneLayer lanes) => lanes.Input.Places * (lanes.IsGlobal ? lanes.SummedLines : 2);

    /// <summary>A channel's row. A global convolution is shifted after the maximum over lanes alone.</summary>
    public static (ValueArray<sbyte> Weights, int Shift) Row(ScheduledLayer layer, Channel channel)
    {
        int shared = layer.Layer.Shared.SharedInputs;
        return layer.Lanes is { } lanes ? (ListRow.Convolution(channel, shared), lanes.IsGlobal ? 0 : channel.Shift) : (ListRow.FullyConnected(channel.Weights, shared), channel.Shift);
    }

    /// <summary>Calls the kernels of a convolution.</summary>
    public static void Convolve(LayerCodeBuilder builder, PartProgram program, PartLayer lowered)
    {
        if (lowered.Lanes!.IsGlobal)
            builder.Comment(LaneLoopLayerCode.MeaningOfMax);
        foreach (PlacedStep step in lowered.Steps)
        {
            if (step.Table is { } table)
                Convolve(builder, program, lowered.Lanes, lowered.SpanOf(step), step, table);
        }
    }

    /// <summary>A fully connected layer.</summary>
    public static LayerCode FullyConnected(PartProgram program, PartLayer lowered)
    {
        Layer layer = lowered.Layer;
        PartIdentity part = program.Part;
        var builder = new LayerCodeBuilder(part, takesCodes: false, takesTasks: lowered.Steps.Any(step => step.Task is not null));
        foreach (PlacedStep step in lowered.Steps)
        {
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, step));
            builder.Kernel(
                step.Mask, ListTally.FullyConnected(step.Block), Connect,
                ("codes", StateFields.Arena(part)), ("sharedStart", part.Codes(layer.Index - 1, null, step.SharedOffset)), ("ownStart", part.Codes(layer.Index - 1, step.Task, step.OwnOffset)),
                ("weights", StateFields.Weights), ("weight", part.Weight(layer.Index, step.Task, step.Table)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
                ("channel", part.Channel(layer.Index, step.Task, step.Table)), ("channels", Expressions.Int(step.Block.Channels.Count)), ("max", Expressions.Int(step.Block.ActivationMax)),
                ("next", part.Output(layer, step)));
        }

        return builder.Build(LayerNames.Method(layer.Index));
    }

    /// <summary>The heads.</summary>
    public static LayerCode Heads(PartProgram program)
    {
        var builder = new LayerCodeBuilder(program.Part, takesCodes: false, takesTasks: true);
        PartIdentity part = program.Part;
        int top = program.Network.Layers.Count;
        foreach (PlacedHead head in program.Heads)
        {
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, head));
            builder.Kernel(
                1 << head.Task, ListTally.Head(head, program.Network.Tasks[head.Task]), Classify,
                ("codes", StateFields.Arena(part)), ("sharedStart", part.Codes(top, null, head.SharedOffset)), ("ownStart", part.Codes(top, head.Task, head.OwnOffset)),
                ("weights", StateFields.Weights), ("weight", part.Weight(null, head.Task, head.Table)), ("biases", StateFields.Biases),
                ("channel", part.Channel(null, head.Task, head.Table)), ("classes", Expressions.Int(head.Classes)),
                ("logits", StateFields.Logits(part, head.Task)), ("next", Expressions.Int(head.FirstClass)));
        }

        return builder.Build("Heads");
    }

    private static void Convolve(LayerCodeBuilder builder, PartProgram program, PlacedLaneLayer lanes, ChannelSpan span, BlockStep step, TablePlace table)
    {
        // A global convolution keeps the greatest sums as they are.
        int max = lanes.IsGlobal ? (int)(lanes.Format.GuardValue - 1) : step.Block.ActivationMax;
        (string, Expression)[] begin =
        [
            ("lanes", StateFields.Lanes(program.Part)), ("start", lanes.InputLine(lanes.FirstLine - 1)), ("stride", lanes.InInput(1, 0)), ("step", lanes.InInput(0, 1)),
            ("lines", Expressions.Int(lanes.SummedLines)), ("places", Expressions.Int(lanes.Input.Places)), ("lists", Expressions.Int(ListRow.Lists(step.Block))), ("ownStart", Expressions.Int(span.Block.OwnInput)),
            ("weights", StateFields.Weights), ("weight", program.Part.Weight(lanes.Layer.Index, step.Task, table)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
            ("channel", program.Part.Channel(lanes.Layer.Index, step.Task, table)), ("channels", Expressions.Int(span.Count)), ("max", Expressions.Int(max)), ("output", lanes.OutputAt(span.FirstOutput)),
        ];
        (string, Expression)[] strides = lanes.IsGlobal ? [] : [("outputStride", lanes.InOutput(1, 0)), ("outputStep", lanes.InOutput(0, 1))];
        (string, Expression)[] end =
        [
            ("sums", CodePlaces.At(CodePlaces.Sums, "Sums", program.Lanes.SumsStart)), ("laneCount", Expressions.Int(lanes.Format.Lanes)), ("bits", Expressions.Int(lanes.Format.Bits)),
        ];
        builder.Kernel(step.Mask, ListTally.Convolve(lanes, step.Block), lanes.IsGlobal ? One : Four, [.. begin, .. strides, .. end]);
    }
}
