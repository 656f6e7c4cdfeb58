using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// What of the patch a tile's variables hold when. Best is everything at once; then an adapter's own elements may take turns in a pool;
/// then the shared elements come in phases too, and channels keep partial sums from one to the next.
/// </summary>
/// <param name="Phases">Shared elements, phase by phase; each ascending.</param>
/// <param name="Rounds">For each span its own elements, round by round; none where it reads none.</param>
/// <param name="Pool">Variables in which own elements take turns; 0 where each has its own.</param>
internal sealed record LaneTilePlan(IReadOnlyList<int[]> Phases, IReadOnlyList<IReadOnlyList<int[]>> Rounds, int Pool)
{
    /// <summary>Elements keep their variables from place to place, so that those that slide are moved instead of loaded.</summary>
    public bool Slides => Phases.Count == 1;

    /// <summary>Own elements keep theirs as well.</summary>
    public bool OwnSlides => Slides && Pool == 0;

    /// <summary>How many times a span's sums are continued.</summary>
    public int Parts(int span) => Phases.Count + Math.Max(0, Rounds[span].Count - 1);

    /// <summary>Null where the variables of a method do not do.</summary>
    public static LaneTilePlan? Of(LaneLayer layer, LanePatch patch, IReadOnlyList<ChannelSpan> spans, IReadOnlyList<int[]> used)
    {
        int sharedInputs = layer.Layer.Shared.SharedInputs;
        int[] shared = used.SelectMany(elements => elements).Distinct().Where(IsShared).OrderBy(element => element).ToArray();
        int[][] own = used.Select(elements => elements.Where(element => !IsShared(element)).ToArray()).ToArray();
        IReadOnlyList<int[]>[] oneRound = own.Select(elements => elements.Length == 0 ? [] : (IReadOnlyList<int[]>)[elements]).ToArray();
        int allOwn = own.Sum(elements => elements.Length);
        if (shared.Length + allOwn <= PatchVariables.Most && allOwn <= PatchVariables.MostArguments)
            return new LaneTilePlan([shared], oneRound, 0);
        int pool = own.Max(elements => elements.Length);
        if (shared.Length + pool <= PatchVariables.Most)
            return new LaneTilePlan([shared], oneRound, pool);
        if (layer.Positions > 1)
            return null;

        int partials = spans.Sum(span => span.Block.Proofs.Skip(span.First).Take(span.Count).Sum(proof => proof.Digits > 0 ? 2 : 1));
        int room = PatchVariables.Most - partials;
        pool = Math.Min(pool, Math.Max(patch.Area, room / 4));
        if (room - pool < patch.Area)
            return null;
        IReadOnlyList<int[]>[] rounds = own.Select(elements => Fill(elements, pool)).ToArray();
        IReadOnlyList<int[]> phases = Fill(shared, room - pool);
        // Whole channels may fill less than there is room for: a variable that holds nothing is not declared.
        return new LaneTilePlan(phases.Count > 0 ? phases : [[]], rounds, rounds.SelectMany(each => each).Select(round => round.Length).DefaultIfEmpty(0).Max());

        bool IsShared(int element) => patch.Channel(element) < sharedInputs;

        // Whole channels, as many at a time as there is room for.
        IReadOnlyList<int[]> Fill(int[] elements, int most)
        {
            var result = new List<int[]>();
            var open = new List<int>();
            foreach (IGrouping<int, int> channel in elements.GroupBy(patch.Channel))
            {
                if (open.Count > 0 && open.Count + channel.Count() > most)
                {
                    result.Add([.. open]);
                    open.Clear();
                }

                open.AddRange(channel);
            }

            if (open.Count > 0)
                result.Add([.. open]);
            return result;
        }
    }
}
