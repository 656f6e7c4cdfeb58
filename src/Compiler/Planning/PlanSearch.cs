using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Planning;

/// <summary>What became of a plan that was tried.</summary>
/// <param name="Taken">It keeps every limit: this is what it became, and the search is over.</param>
/// <param name="Overrun">What it passes; null without anything taken ends the search with nothing.</param>
internal readonly record struct Verdict<T>(T? Taken, Overrun? Overrun)
    where T : class;

/// <summary>
/// Candidates in, verdicts in, choice out. Candidates come in the order of what is asked for, so the first that keeps the limits of device and assembly is the
/// best one that does; what a verdict says of one plan narrows what is still tried.
/// </summary>
internal static class PlanSearch
{
    /// <summary>Bytes that estimates may be off by: what a method more or less takes to load its patch. What passes limits by no more is measured before it is left out.</summary>
    private const int Uncertainty = 4_096;

    /// <summary>
    /// A model in one part shares its assembly with the firmware's program. Where nobody says how large that is, a plan that leaves it no room (<see cref="AssemblyLimits.IlOfProgram"/>) has to be better by a
    /// quarter than the best one that does.
    /// </summary>
    private const int WorthOfRoom = 4;

    /// <summary>What the first plan became that keeps all limits; null where none does.</summary>
    /// <param name="space">Plans.</param>
    /// <param name="goal">What they should be best at.</param>
    /// <param name="parts">Assemblies that may be filled; plans that are larger by far are left out, except the smallest.</param>
    /// <param name="memory">Bytes of RAM that a model may take.</param>
    /// <param name="judge">Tries a plan.</param>
    /// <param name="room">IL bytes that the last part has to leave to the firmware's program; null where a plan in one part had better leave it some.</param>
    public static T? First<T>(PlanSpace space, Optimize goal, int parts, long memory, Func<MeasuredPlan, Verdict<T>> judge, int? room = null)
        where T : class
    {
        var bounds = PlanBounds.Of(memory);
        long mostIl = ((long)parts * AssemblyLimits.IlBytes) - (room ?? 0);
        Candidate smallest = space.Candidates.OrderBy(candidate => candidate.Flash).ThenBy(candidate => candidate.Weighted).First();
        // The one that leaves a program most.
        Candidate? least = room is null ? null : space.Candidates.OrderBy(candidate => candidate.AllIlBytes).ThenBy(candidate => candidate.Flash).ThenBy(candidate => candidate.Weighted).First();
        // Best first; of those as good the smaller, and then as they were found.
        var open = new SortedSet<Offer>(Comparer<Offer>.Create((left, right) => (left.Value, left.Bytes, left.Index).CompareTo((right.Value, right.Bytes, right.Index))));
        for (int i = 0; i < space.Candidates.Count; i++)
        {
            // This leaves out only what cannot fit; the smallest of all plans are always tried, to say what they lack.
            Candidate candidate = space.Candidates[i];
            bool isSmallest = ReferenceEquals(candidate, smallest) || ReferenceEquals(candidate, least);
            if (isSmallest || MayFit(candidate))
                open.Add(Offered(candidate, i, isSmallest));
        }

        while (open.Min is { } offer)
        {
            open.Remove(offer);
            if (!offer.IsSmallest && !bounds.Allow(offer.Candidate, parts, UncertaintyOf(offer.Candidate)))
                continue;
            Candidate measured = space.Measured(offer.Candidate);
            if (!ReferenceEquals(measured, offer.Candidate))
            {
                // It may be less good than it seemed, or too large.
                if (offer.IsSmallest || MayFit(measured))
                    open.Add(Offered(measured, offer.Index, offer.IsSmallest));
                continue;
            }

            if (!offer.IsSmallest && parts is > 1 and <= AssemblyLimits.Parts && !new CutCheck(space.Network, space.Face).Fits([.. measured.Chain()], parts, bounds.Margin, room ?? 0))
                continue;
            Verdict<T> verdict = judge(ChosenPlan.Of(measured, space, space.Candidates.Count(each => Value(each, goal) < Value(measured, goal)), goal));
            if (verdict.Overrun is null)
                return verdict.Taken;
            bounds = bounds.After(measured, verdict.Overrun);
        }

        return null;

        bool MayFit(Candidate candidate) => Il(space, candidate) - UncertaintyOf(candidate) <= mostIl && candidate.TableBytes <= (long)parts * AssemblyLimits.DataBytes;

        Offer Offered(Candidate candidate, int index, bool isSmallest)
        {
            long value = Value(candidate, goal);
            return new Offer(room is not null || LeavesRoom(space, candidate, parts) ? value : value + (value / WorthOfRoom), candidate.Bytes, index, candidate, isSmallest);
        }
    }

    /// <summary>Plans by what they are best at, before any verdict.</summary>
    /// <param name="space">Plans.</param>
    /// <param name="goal">What they should be best at.</param>
    public static IEnumerable<MeasuredPlan> All(PlanSpace space, Optimize goal) =>
        space.Candidates.OrderBy(candidate => Value(candidate, goal)).Select((candidate, passed) => ChosenPlan.Of(candidate, space, passed, goal));

    private static long UncertaintyOf(Candidate candidate) => candidate.IsEstimate ? Uncertainty : 0;

    private static bool LeavesRoom(PlanSpace space, Candidate candidate, int parts) => parts > 1 || Il(space, candidate) <= AssemblyLimits.IlBytes - AssemblyLimits.IlOfProgram;

    private static long Il(PlanSpace space, Candidate candidate) => candidate.AllIlBytes + space.Face.Sum(method => method.DeviceIlBytes) + (space.Hearing?.IlBytes ?? 0);

    // Less is better.
    private static long Value(Candidate candidate, Optimize goal) => goal switch
    {
        Optimize.Size => candidate.Flash,
        Optimize.Balanced => candidate.Flash * (candidate.Weighted / 1_000),
        _ => candidate.Weighted,
    };

    private sealed record Offer(long Value, long Bytes, int Index, Candidate Candidate, bool IsSmallest);
}
