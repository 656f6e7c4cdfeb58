using System;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Loops;

/// <summary>Layers and heads as calls of the loop kernels.</summary>
internal static class LoopLayerCode
{
    /// <summary>Sums of a tile: enough to make the packing of weights a small part of the work, few enough to take little memory.</summary>
    private const int TileSums = 256;

    public static LayerCode Build(PartProgram program, PartLayer layer)
    {
        var builder = new LayerCodeBuilder(program.Part, layer.Layer.Index == 1, layer.Steps.Any(step => step.Task is not null));
        foreach (PlacedStep step in layer.Steps)
        {
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, step));
            if (layer.Layer.Operator.ReadsImage)
                Convolve(builder, program, layer.Layer, step);
            else
                FullyConnected(builder, program.Part, layer.Layer, step);
        }

        return builder.Build(LayerNames.Method(layer.Layer.Index));
    }

    public static LayerCode Heads(PartProgram program)
    {
        var builder = new LayerCodeBuilder(program.Part, takesCodes: false, takesTasks: true);
        PartIdentity part = program.Part;
        int top = program.Network.Layers.Count;
        StaticField arena = StateFields.Arena(part);
        foreach (PlacedHead head in program.Heads)
        {
            NetworkTask task = program.Network.Tasks[head.Task];
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, head));
            builder.Kernel(
                1 << head.Task, LoopTally.Classify(head, task), "Classify",
                ("codes", arena), ("sharedStart", part.Codes(top, null, head.SharedOffset)), ("sharedChannels", Expressions.Int(task.SharedInputs)),
                ("ownStart", part.Codes(top, head.Task, head.OwnOffset)), ("ownChannels", Expressions.Int(task.OwnInputs)),
                ("weights", StateFields.Weights), ("weight", part.Weight(null, head.Task, head.Table)), ("biases", StateFields.Biases),
                ("channel", part.Channel(null, head.Task, head.Table)), ("classes", Expressions.Int(head.Classes)),
                ("logits", StateFields.Logits(program.Part, head.Task)), ("next", Expressions.Int(head.FirstClass)));
        }

        return builder.Build("Heads");
    }

    private static void Convolve(LayerCodeBuilder builder, PartProgram program, Layer layer, PlacedStep step)
    {
        PartIdentity part = program.Part;
        StaticField arena = StateFields.Arena(part);
        bool isFirst = layer.Index == 1;
        ConvolutionShape shape = Shape(program.Network, layer, step);
        builder.Kernel(
            step.Mask, LoopTally.Convolve(shape), "Convolve",
            ("shared", isFirst ? builder.Codes : arena), ("sharedStart", part.Codes(layer.Index - 1, null, step.SharedOffset)), ("sharedChannels", Expressions.Int(step.Block.SharedInputs)),
            ("own", arena), ("ownStart", part.Codes(layer.Index - 1, step.Task, step.OwnOffset)), ("ownChannels", Expressions.Int(step.Block.OwnInputs)),
            ("rows", Expressions.Int(layer.InputRows)), ("first", Expressions.Int(layer.Operator.Margin)), ("end", Expressions.Int(layer.Operator.Margin + shape.Rows)), ("columns", Expressions.Int(layer.InputColumns)),
            ("poolRows", Expressions.Int(shape.PoolRows)), ("poolColumns", Expressions.Int(shape.PoolColumns)),
            ("weights", StateFields.Weights), ("weight", part.Weight(layer.Index, step.Task, step.Table)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
            ("channel", part.Channel(layer.Index, step.Task, step.Table)), ("channels", Expressions.Int(step.Block.Channels.Count)), ("max", Expressions.Int(step.Block.ActivationMax)),
            ("output", arena), ("next", part.Output(layer, step)), ("lanes", StateFields.Lanes(program.Part)), ("start", CodePlaces.At("Lanes", "Sums", program.Lanes.SumsStart)),
            ("tile", Expressions.Int(shape.TileRows)), ("group", Expressions.Int(shape.Group)));
    }

    /// <summary>What the convolution of a step is called with.</summary>
    internal static ConvolutionShape Shape(Network network, Layer layer, BlockStep step) => new(
        Rows(layer), layer.InputColumns, Pool(layer).Rows, Pool(layer).Columns, step.Block.SharedInputs, step.Block.OwnInputs,
        step.Block.Channels.Count, TileRows(layer), OutputGroup.Of(network, layer, step.Task, step.Block));

    /// <summary>Longs that a convolution takes: packed weights, the best sums of a pool, the sums of a tile with one more a row.</summary>
    public static int SumsOf(Layer layer) => 10 + (TileRows(layer) * (layer.InputColumns + 1));

    private static ImageShape Pool(Layer layer) => layer.Operator.Pool(layer.Input);

    // Those of whole pools.
    private static int Rows(Layer layer) => layer.OutputRows * Pool(layer).Rows;

    // Whole pools, but for a pool that is the whole image: it goes on from tile to tile.
    private static int TileRows(Layer layer)
    {
        int rows = Math.Max(1, TileSums / (layer.InputColumns + 1)), pool = layer.Operator.WritesImage ? Pool(layer).Rows : 1;
        return Math.Min(Rows(layer), Math.Max(1, rows / pool) * pool);
    }

    private static void FullyConnected(LayerCodeBuilder builder, PartIdentity part, Layer layer, PlacedStep step) => builder.Kernel(
        step.Mask, LoopTally.FullyConnected(step.Block), "Connect",
        ("codes", StateFields.Arena(part)), ("sharedStart", part.Codes(layer.Index - 1, null, step.SharedOffset)), ("sharedChannels", Expressions.Int(step.Block.SharedInputs)),
        ("ownStart", part.Codes(layer.Index - 1, step.Task, step.OwnOffset)), ("ownChannels", Expressions.Int(step.Block.OwnInputs)),
        ("weights", StateFields.Weights), ("weight", part.Weight(layer.Index, step.Task, step.Table)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
        ("channel", part.Channel(layer.Index, step.Task, step.Table)), ("channels", Expressions.Int(step.Block.Channels.Count)), ("max", Expressions.Int(step.Block.ActivationMax)),
        ("next", part.Output(layer, step)));
}
