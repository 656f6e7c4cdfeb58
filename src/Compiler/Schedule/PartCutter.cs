using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>
/// Takes one part out of a network, or all of it, with the places of its steps. The cut depends on the network and the number of parts only, so that
/// every project of a model makes the same one. Buffers keep their places: the arena is one, whoever writes into it.
/// </summary>
internal static class PartCutter
{
    /// <summary>All steps as one class.</summary>
    public static PartProgram Whole(PlacedProgram placed) => TableLayout.Build(
        placed, PartIdentity.Whole(placed.Scheduled.ClassName, placed.Scheduled.Names), placed.Scheduled.Layers, placed.Scheduled.Heads);

    /// <summary>Steps and tables of one part.</summary>
    /// <param name="placed">The network before the cut.</param>
    /// <param name="plan">Where to cut.</param>
    /// <param name="number">Which part, from 1.</param>
    public static PartProgram Cut(PlacedProgram placed, PartPlan plan, int number)
    {
        ScheduledProgram whole = placed.Scheduled;
        var layers = new List<ScheduledLayer>();
        var heads = new List<HeadStep>();
        foreach (IGrouping<int, Piece> layer in Joined(plan.Of(number)).GroupBy(piece => piece.Layer))
        {
            if (layer.Key == whole.Layers.Count)
                heads.AddRange(layer.Select(piece => whole.Heads[piece.Step] with { FirstClass = piece.First, Classes = piece.Count }));
            else
                layers.Add(whole.Layers[layer.Key] with { Steps = layer.Select(piece => Some(whole.Layers[layer.Key].Steps[piece.Step], piece)).ToValueArray() });
        }

        return TableLayout.Build(placed, new PartIdentity(whole.ClassName, number, plan.Ends.Count, Owners(whole, plan), whole.Names), layers, heads);
    }

    private static BlockStep Some(BlockStep step, Piece piece) => piece.Count == step.Block.Channels.Count ? step : step.Part(piece.First, piece.Count);

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

            open = open is null ? piece : open with { Count = open.Count + piece.Count };
        }

        if (open is not null)
            yield return open;
    }

    // The part with the first piece of each head.
    private static ValueArray<int> Owners(ScheduledProgram whole, PartPlan plan)
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
