using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Kernels.Detection;
using AdapterCompiler.Kernels.Streams;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Faces;

/// <summary>The arrays that a class works in: images, logits, labels. Public in a part that is not the last, whose arrays the parts after it use.</summary>
internal static class StateCode
{
    private static readonly ValueArray<string> PackedImages = ValueArray.Of(
        "Packed images: a line of zeros, which lies above and below every image, then the layers' images. A layer that reads",
        "its input once from top to bottom writes over lines that it has read.");

    private static readonly ValueArray<string> StreamedImages = ValueArray.Of(
        "Packed images: the rows that layers read next. A row that a layer computes is the last line of what the next one reads,",
        "whose other lines move up before.");

    /// <summary>Images and logits that this part owns.</summary>
    public static IEnumerable<Field> State(PartProgram program)
    {
        if (program.OwnsLanes)
        {
            yield return new Field(
                program.Part.LanesField, new NewArray(IlType.Longs, program.Lanes.Length),
                (program.Network.Streaming is null ? PackedImages : StreamedImages).Concat(program.Layers.Select(layer => layer.Lanes).OfType<PlacedLaneLayer>().Select(Describe)).Concat(Sums(program.Lanes)).ToValueArray(),
                Summary(program, "Packed images of all parts."));
        }

        if (program.OwnsArena)
        {
            yield return new Field(
                program.Part.ArenaField, new NewArray(IlType.Bytes, program.Arena.Size),
                program.Arena.Buffers.Select(buffer => FormattableString.Invariant($"  {Wording.Range(buffer.Offset, buffer.Offset + buffer.Length - 1)}: {buffer.Name}"))
                    .Prepend("Activations of every layer share these bytes; a buffer's place is free again after its last reader.").ToValueArray(),
                Summary(program, "Activations of all parts."));
        }

        if (program.Multiples > 0)
        {
            yield return new Field(
                StateFields.Multiples.Name, new NewArray(IlType.Ints, program.Multiples), ValueArray.Of("A 0, then the inputs of a fully connected layer times 1, -1, 2, -2 and so on."));
        }

        if (program.Network.Streaming is not null)
            yield return StreamFace.Field;
        for (int task = 0; task < program.Network.Tasks.Count; task++)
        {
            if (program.Part.OwnsLogits(task))
            {
                yield return new Field(
                    program.Part.LogitsField(task), new NewArray(IlType.Ints, program.Network.Tasks[task].Classes.Count), ValueArray<string>.Empty,
                    Summary(program, $"Logits of {program.Network.Tasks[task].Name}, here because this part computes the first of them."));
            }
        }
    }

    /// <summary>What detections keep of earlier decisions, and their thresholds.</summary>
    public static IEnumerable<Field> Detections(PartProgram program) => DetectionFace.State(program.Network, program.Part).Concat(DetectionFace.Tables(program.Network, program.Part));

    /// <summary>Labels of every task, in the last part.</summary>
    public static IEnumerable<Field> Labels(PartProgram program) => program.Part.IsLast
        ? program.Network.Tasks.Select((task, k) => new Field(program.Names[k].LabelsField, new Texts(task.Labels), ValueArray<string>.Empty))
        : [];

    private static string Describe(PlacedLaneLayer layer) => FormattableString.Invariant(
        $"  {Wording.Range(layer.OutputStart, layer.OutputStart + layer.Output.Length - 1)}: layer {layer.Layer.Index}, {Wording.Count(layer.Output.Lines, "line")} x {Wording.Count(layer.Output.Places, "place")} x {Wording.Count(layer.Output.Channels, "channel")}");

    private static IEnumerable<string> Sums(LaneArena lanes) => lanes.Sums == 0 ? []
        : [FormattableString.Invariant($"  {Wording.Range(lanes.SumsStart, lanes.Length - 1)}: sums of the loops over packed images, of one tile of one layer at a time")];

    private static string? Summary(PartProgram program, string text) => program.Part.IsLast ? null : text + " Internal to the model.";
}
