using System;
using System.Collections.Generic;
using System.Globalization;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>The sums of a tile at one place of the image, and their maximum over the positions of a pool.</summary>
/// <param name="layer">The layer.</param>
/// <param name="names">What it calls things outside.</param>
/// <param name="patch">Elements that are summed up.</param>
/// <param name="variables">Where they are held.</param>
/// <param name="constants">Constants in locals.</param>
/// <param name="storesStill">Codes of channels without weights are stored as they are.</param>
internal sealed class TileSums(PlacedLaneLayer layer, LaneNames names, LanePatch patch, PatchVariables variables, LaneConstants constants, bool storesStill)
{
    /// <summary>The greatest sum so far.</summary>
    public static readonly Local Best = new("best", IlType.Long);

    /// <summary>What the next sum is above it.</summary>
    public static readonly Local Difference = new("d", IlType.Long);

    /// <summary>Where the output goes.</summary>
    public static readonly Local Next = new("next", IlType.Int);

    /// <summary>Some sum needs the local for differences.</summary>
    public bool UsesDifference { get; private set; }

    /// <summary>Adds the sums of a block's channels over elements that are held, and ends them.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="sums">Of the channels.</param>
    /// <param name="held">Elements of the patch.</param>
    /// <param name="isFirst">The sums begin here.</param>
    /// <param name="isLast">They end here.</param>
    /// <param name="isWhole">All elements are held at once.</param>
    public void Add(List<Statement> code, IReadOnlyList<LaneSum> sums, int[] held, bool isFirst, bool isLast, bool isWhole)
    {
        var isHeld = new HashSet<int>(held);
        foreach (LaneSum sum in sums)
        {
            if (storesStill && sum.IsStill)
            {
                if (isLast && layer.Shape == LaneShape.Unrolled)
                    code.AddRange([Name(sum), new Assign(LanePatch.Array.At(Next, sum.Output), Expressions.Long(StillChannels.Code(layer, sum.Block, sum.Channel)))]);
                continue;
            }

            code.Add(Name(sum));
            for (int position = 0; position < layer.Positions; position++)
            {
                int y = position / layer.Side, x = position % layer.Side;
                int Element(int weight) => patch.Element(sum.Block, weight, y, x);
                bool IsHeld(int weight) => isHeld.Contains(Element(weight));
                Expression Input(int weight) => variables.Of(Element(weight));
                if (isLast)
                    AddMaximum(code, sum, position, sum.Finish(isFirst, isWhole ? null : IsHeld, Input, constants));
                else
                    code.AddRange(sum.Continue(isFirst, IsHeld, Input, constants, variables));
            }

            if (isLast && layer.Shape == LaneShape.Unrolled)
                code.Add(new Assign(LanePatch.Array.At(Next, sum.Output), LaneChannel.Requantise(Best, sum.Proof, sum.Block.Block.ActivationMax, layer.Format, constants)));
        }
    }

    private Comment Name(LaneSum sum) => new(FormattableString.Invariant($"{names.BlockName(sum.Block.Task)} {sum.Number}"));

    private void AddMaximum(List<Statement> code, LaneSum channel, int position, Expression sum)
    {
        Expression kept = layer.IsGlobal ? LanePatch.Array.At(layer.OutputAt(channel.Output)) : LanePatch.Array.At(Next, channel.Output);
        if (layer.IsOnePosition)
        {
            UsesDifference = true;
            code.Add(new Assign(Difference, sum));
            code.Add(new Assign(kept, LaneChannel.Relu(Difference, layer.Format, constants)));
            return;
        }

        if (layer.KeepsBest && position == 0)
            code.Add(new Assign(Best, kept));
        string suffix = channel.Output.ToString(CultureInfo.InvariantCulture) + "_" + position.ToString(CultureInfo.InvariantCulture);
        bool isFirst = !layer.KeepsBest && position == 0;
        if (channel.Proof.Rule == MaximumRule.ReluFirst && !isFirst)
        {
            var raw = new Local("r" + suffix, IlType.Long);
            code.Add(new Assign(raw, sum, Declares: true));
            sum = LaneChannel.Relu(raw, layer.Format, constants).Plus(constants.Guards);
        }

        if (!isFirst)
            sum = sum.Minus(Best);
        // Written once and read twice in a row, the C# compiler keeps the difference on the stack: dup.
        bool isKept = layer.KeepsBest && position == layer.Positions - 1;
        Local difference = isKept ? Difference : new Local("d" + suffix, IlType.Long);
        UsesDifference |= isKept;
        code.Add(new Assign(difference, sum, Declares: !isKept));
        Expression gain = LaneChannel.Relu(difference, layer.Format, constants);
        code.Add(isKept ? new Assign(kept, Best.Plus(gain)) : new Assign(Best, isFirst ? gain : gain.Plus(Best)));
    }
}
