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
    /// <summary>What the first plan became that keeps all limits; null where none does.</summary>
    /// <param name="space">Plans.</param>
    /// <param name="goal">What they should be best at.</param>
    /// <param name="parts">Assemblies that may be filled; plans that are larger by far are left out, except the smallest.</param>
    /// <param name="memory">Bytes of RAM that a model may take.</param>
    /// <param name="judge">Tries a plan.</param>
    public static T? First<T>(PlanSpace space, Optimize goal, int parts, long memory, Func<MeasuredPlan, Verdict<T>> judge)
        where T : class
    {
        var bounds = PlanBounds.Of(memory);
        foreach (Offer offer in Offers(space, goal, parts))
        {
            if (!offer.IsSmallest && !Allows(space, bounds, offer.Candidate, parts))
                continue;
            MeasuredPlan plan = ChosenPlan.Of(offer.Candidate, space, offer.Passed, goal);
            Verdict<T> verdict = judge(plan);
            if (verdict.Overrun is null)
                return verdict.Taken;
            bounds = bounds.After(plan, verdict.Overrun);
        }

        return null;
    }

    /// <summary>Plans in the order in which they are tried, before any verdict.</summary>
    /// <param name="space">Plans.</param>
    /// <param name="goal">What they should be best at.</param>
    /// <param name="parts">Assemblies that may be filled.</param>
    public static IEnumerable<MeasuredPlan> All(PlanSpace space, Optimize goal, int parts) => Offers(space, goal, parts)
        .Where(offer => offer.IsSmallest || Allows(space, PlanBounds.Of(long.MaxValue), offer.Candidate, parts))
        .Select(offer => ChosenPlan.Of(offer.Candidate, space, offer.Passed, goal));

    // This leaves out only what cannot fit; of all plans the smallest is always tried, to say what it lacks.
    private static IEnumerable<Offer> Offers(PlanSpace space, Optimize goal, int parts)
    {
        long members = space.Face.Sum(method => method.DeviceIlBytes) + (space.Hearing?.IlBytes ?? 0);
        Candidate smallest = space.Candidates.OrderBy(candidate => candidate.Flash).ThenBy(candidate => candidate.Weighted).First();
        foreach ((long above, long most) in Ranges(parts))
        {
            int passed = 0;
            foreach (Candidate candidate in Order(space.Candidates, goal))
            {
                long il = candidate.IlBytes + members + candidate.CopiedBytes;
                bool isSmallest = ReferenceEquals(candidate, smallest) && most >= AssemblyLimits.IlBytes;
                if (isSmallest || (il > above && il <= most && candidate.TableBytes <= (long)parts * AssemblyLimits.DataBytes))
                    yield return new Offer(candidate, passed, isSmallest);
                passed++;
            }
        }
    }

    private static bool Allows(PlanSpace space, PlanBounds bounds, Candidate candidate, int parts)
    {
        KernelOption[] chosen = [.. candidate.Chain()];
        return bounds.Allow(chosen.Take(space.Options.Layers.Length).Select(option => option.Kernel), candidate.TableBytes)
            && (parts == 1 ? candidate.IlBytes <= bounds.IlBytes
                : parts > AssemblyLimits.Parts || new CutCheck(space.Network, space.Face).Fits(chosen, parts, bounds.Margin));
    }

    // A model in one part shares its assembly with the firmware's program: plans that leave room for one come first.
    private static IEnumerable<(long Above, long Most)> Ranges(int parts)
    {
        const int alone = AssemblyLimits.IlBytes - AssemblyLimits.IlOfProgram;
        return parts == 1 ? [(-1, alone), (alone, AssemblyLimits.IlBytes)] : [(-1, (long)parts * AssemblyLimits.IlBytes)];
    }

    private static IEnumerable<Candidate> Order(IEnumerable<Candidate> candidates, Optimize goal) => goal switch
    {
        Optimize.Size => candidates.OrderBy(candidate => candidate.Flash).ThenBy(candidate => candidate.Weighted),
        Optimize.Balanced => candidates.OrderBy(candidate => candidate.Flash * (candidate.Weighted / 1_000)).ThenBy(candidate => candidate.Weighted),
        _ => candidates.OrderBy(candidate => candidate.Weighted).ThenBy(candidate => candidate.Bytes),
    };

    private sealed record Offer(Candidate Candidate, int Passed, bool IsSmallest);
}
