using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>Images that a stream keeps: their lines move up, and what is new comes last.</summary>
internal static class StreamRows
{
    /// <summary>The layer whose image a layer of a stream writes the last line of; null for others.</summary>
    public static PartLayer? ReaderOf(PartProgram program, Layer layer) =>
        layer.IsStreamed && layer.Operator.WritesImage ? program.Layers.FirstOrDefault(each => each.Layer.Index == layer.Index + 1 && each.Lanes is not null) : null;

    /// <summary>Lines of a layer's input that are written at a time.</summary>
    public static int NewLines(LaneLayer layer) => layer.Layer.IsStreamed ? layer.Layer.FreshRows : layer.Input.Lines;

    /// <summary>Moves the lines of a layer's input up, as many as are new.</summary>
    public static void MoveUp(LayerCodeBuilder builder, PlacedLaneLayer reader, StaticField field)
    {
        int lines = NewLines(reader);
        builder.Kernel(
            0, KernelTally.One(LaneSections.MoveUp, 1), LaneSections.MoveUp,
            ("lanes", field), ("start", reader.InputAt(0)), ("by", reader.InInput(lines, 0)), ("count", reader.InInput(reader.Input.Lines - lines, 0)));
    }
}
