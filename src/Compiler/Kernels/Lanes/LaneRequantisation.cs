using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>The pass that turns the sums that a convolution position by position left in its output into codes.</summary>
internal static class LaneRequantisation
{
    private static readonly Local Array = LanePatch.Array;
    private static readonly Local Best = new("best", IlType.Long);
    private static readonly Local Next = new("next", IlType.Int);
    private static readonly Argument Tasks = new("tasks", 0, IlType.Int);

    /// <summary>The method; it takes the tasks where <see cref="LaneTile.IsGuarded"/>.</summary>
    public static AssembledMethod Assemble(PlacedLaneLayer layer, IReadOnlyList<ChannelSpan> spans, string name, LaneNames names)
    {
        var constants = new LaneConstants(layer.Format);
        bool guarded = LaneTile.IsGuarded(spans), storesStill = StillChannels.AreStored(layer, spans);
        var codes = new List<Statement>();
        foreach (ChannelSpan span in spans)
        {
            ValueArray<Statement> block = Enumerable.Range(span.First, span.Count).SelectMany(o => Channel(layer, span.Block, o, names, constants, storesStill)).ToValueArray();
            if (guarded && span.Block.Task is not null)
                codes.Add(new IfAsked(Tasks, span.Block.Mask, names.MaskName(span.Block.Mask), block));
            else
                codes.AddRange(block);
        }

        codes.Add(new Blank());
        codes.Add(Advance(layer));
        var line = new List<Statement> { new For(new Local("place", IlType.Int), 0, layer.Output.Places, 1, codes.ToValueArray()) };
        if (layer.Output.HasHalo)
            line.Add(Advance(layer));
        IEnumerable<Statement> head = new Statement[]
        {
            new Assign(Array, names.Lanes, Declares: true), new Declare(Best), new Assign(Next, layer.OutputAt(0), Declares: true),
        }.Concat(constants.Declarations());
        return AssembledMethod.Of(new Method(
            name,
            guarded ? ValueArray.Of(Tasks) : ValueArray<Argument>.Empty,
            head.Append(new For(new Local("line", IlType.Int), 0, layer.Output.Lines, 1, line.ToValueArray())).ToValueArray(),
            ValueArray<string>.Empty));
    }

    private static IEnumerable<Statement> Channel(LaneLayer layer, LaneBlock block, int channel, LaneNames names, LaneConstants constants, bool storesStill)
    {
        yield return new Comment(FormattableString.Invariant($"{names.BlockName(block.Task)} {block.Block.Channels[channel].Number}"));
        Element place = (Element)Array.At(Next, block.FirstOutput + channel);
        if (storesStill && StillChannels.IsStill(block.Block.Channels[channel]))
        {
            yield return new Assign(place, Expressions.Long(StillChannels.Code(layer, block, channel)));
            yield break;
        }

        yield return new Assign(Best, place);
        yield return new Assign(place, LaneChannel.Requantise(Best, block.Proofs[channel], block.Block.ActivationMax, layer.Format, constants));
    }

    private static Assign Advance(LaneLayer layer) => new(Next, Next.Plus(layer.InOutput(0, 1)));
}
