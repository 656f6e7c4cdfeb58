using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Parts;

/// <summary>
/// Takes one part out of a lowered network. The cut depends on the network and the number of parts only, so that every
/// project of a model makes the same one. Buffers keep their places: the arena is one, whoever writes into it.
/// </summary>
internal static class PartCutter
{
    /// <summary>Steps and tables of one part.</summary>
    /// <param name="whole">The network before the cut.</param>
    /// <param name="plan">Where to cut.</param>
    /// <param name="number">Which part, from 1.</param>
    public static LoweredProgram Cut(LoweredProgram whole, PartPlan plan, int number)
    {
        var rows = new List<TableRow>();
        int weights = 0;
        var layers = new List<LoweredLayer>();
        var heads = new List<HeadStep>();
        foreach (IGrouping<int, Piece> layer in Joined(plan.Of(number)).GroupBy(piece => piece.Layer))
        {
            var steps = new List<BlockStep>();
            foreach (Piece piece in layer)
            {
                if (piece.Layer == whole.Layers.Count)
                {
                    HeadStep head = whole.Heads[piece.Step];
                    heads.Add(head with { FirstWeight = weights, FirstChannel = rows.Count, FirstClass = piece.First, Classes = piece.Count });
                    Take(head.FirstChannel + piece.First, piece.Count);
                }
                else
                {
                    LoweredLayer from = whole.Layers[piece.Layer];
                    BlockStep step = from.Steps[piece.Step];
                    steps.Add(Slice(from.Layer, step, piece) with { FirstWeight = weights, FirstChannel = rows.Count });
                    Take(step.FirstChannel + piece.First, piece.Count);
                }
            }

            if (steps.Count > 0)
                layers.Add(whole.Layers[layer.Key] with { Steps = steps.ToValueArray() });
        }

        return whole with
        {
            Layers = layers.ToValueArray(),
            Heads = heads.ToValueArray(),
            Tables = new WeightTables(rows.ToValueArray()),
            Part = new ProgramPart(number, plan.Ends.Count, Owners(whole, plan)),
        };

        void Take(int first, int count)
        {
            foreach (TableRow row in whole.Tables.Rows.Skip(first).Take(count))
            {
                rows.Add(row);
                weights += row.Weights.Count;
            }
        }
    }

    private static BlockStep Slice(Layer layer, BlockStep step, Piece piece) => piece.Count == step.Block.Channels.Count
        ? step
        : step with
        {
            Block = step.Block with { Channels = step.Block.Channels.Skip(piece.First).Take(piece.Count).ToValueArray() },
            OutputOffset = step.OutputOffset + (piece.First * layer.OutputRows * layer.OutputColumns),
            IsWhole = false,
        };

    private static IEnumerable<Piece> Joined(IEnumerable<Piece> pieces)
    {
        Piece? open = null;
        foreach (Piece piece in pieces)
        {
            if (open is not null && !open.IsOfStep(piece))
            {
                yield return open;
                open = null;
            }

            open = open is null ? piece : open with { Count = open.Count + piece.Count, TableBytes = open.TableBytes + piece.TableBytes };
        }

        if (open is not null)
            yield return open;
    }

    // The part with the first piece of each head.
    private static ValueArray<int> Owners(LoweredProgram whole, PartPlan plan)
    {
        int[] owners = new int[whole.Heads.Count];
        for (int i = 0; i < plan.Pieces.Count; i++)
        {
            if (plan.Pieces[i].Layer == whole.Layers.Count && plan.Pieces[i].First == 0)
                owners[plan.Pieces[i].Step] = plan.Ends.Count(end => end <= i) + 1;
        }

        return owners.ToValueArray();
    }
}
