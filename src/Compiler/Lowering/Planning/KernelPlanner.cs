using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Model;
using AdapterCompiler.Text;

namespace AdapterCompiler.Lowering.Planning;

/// <summary>What a plan should be best at.</summary>
public enum Optimize
{
    /// <summary>The fewest weighted instructions that keep the limits.</summary>
    Speed,

    /// <summary>The least flash: IL and tables.</summary>
    Size,

    /// <summary>The least product of both: twice the flash must at least halve the time.</summary>
    Balanced,
}

/// <summary>
/// Chooses a kernel for every layer. Costs add up over layers, but for packing and unpacking between layers that hold codes differently,
/// so dynamic programming over layers finds every plan that no other beats in time, IL and tables. They are given in the
/// order of what is asked for; the first that keeps the limits of device and assembly is the best one that does.
/// </summary>
public static class KernelPlanner
{
    // Of the smallest plan.
    private const int SlackShare = 2_048;

    // What was measured is kept as long as the network is.
    private static readonly ConditionalWeakTable<Network, Searched> Known = new();

    /// <summary>Plans in order; the same network gives the same ones.</summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    /// <param name="optimize">What is asked for.</param>
    /// <param name="parts">Assemblies that may be filled; plans that are larger by far are left out, except the smallest.</param>
    /// <param name="limits">What plans may take; whoever tries them draws it closer.</param>
    public static IEnumerable<KernelPlan> Plans(Network network, Optimize optimize, int parts, PlanLimits limits)
    {
        (KernelOptions options, Candidate[] candidates, MethodCost[] face) = Known.GetValue(network, Search);
        int members = face.Sum(method => method.DeviceIlBytes);
        var cut = new CutCheck(network, face);
        Candidate smallest = candidates.OrderBy(Whole).ThenBy(candidate => candidate.Weighted).First();
        foreach ((long above, long most) in Ranges(parts))
        {
            int passed = 0;
            foreach (Candidate candidate in Order(candidates, optimize))
            {
                // This leaves out only what cannot fit; of all plans the smallest is always tried, to say what it lacks.
                KernelOption[] chosen = [.. candidate.Chain()];
                long il = candidate.IlBytes + members + Copied(candidate);
                bool fits = il > above && il <= most && candidate.TableBytes <= (long)parts * AssemblyLimits.DataBytes
                    && limits.Allow(chosen.Take(options.Layers.Length).Select(option => option.Kernel), candidate.TableBytes)
                    && (parts == 1 ? candidate.IlBytes <= limits.IlBytes : parts > AssemblyLimits.Parts || cut.Fits(chosen, parts, limits.Margin));
                if (fits || (ReferenceEquals(candidate, smallest) && most >= AssemblyLimits.IlBytes))
                    yield return Plan(candidate, options, candidates.Length, passed, optimize);
                passed++;
            }
        }
    }

    private static Searched Search(Network network)
    {
        var options = KernelOptions.Of(network);
        return new Searched(options, [.. Candidates(network, options)], Face(network));
    }

    // A model in one part shares its assembly with the firmware's program: plans that leave room for one come first.
    private static IEnumerable<(long Above, long Most)> Ranges(int parts)
    {
        const int alone = AssemblyLimits.IlBytes - AssemblyLimits.IlOfProgram;
        return parts == 1 ? [(-1, alone), (alone, AssemblyLimits.IlBytes)] : [(-1, (long)parts * AssemblyLimits.IlBytes)];
    }

    // Run and the tasks' accessors.
    private static MethodCost[] Face(Network network) => [.. PartLoad.FaceOf(Lowerer.Lower(network, "Model", KernelPlan.Loops(network)))];

    // What a plan takes of flash: the code and tables of its layers, and the kernels that it copies once for all of them.
    private static long Whole(Candidate candidate) => candidate.Bytes + Copied(candidate);

    private static long Copied(Candidate candidate) => KernelCosts.For([.. candidate.Chain().Select(option => option.Kernel)]).Sum(kernel => kernel.DeviceIlBytes);

    private static IEnumerable<Candidate> Order(Candidate[] candidates, Optimize optimize) => optimize switch
    {
        Optimize.Size => candidates.OrderBy(Whole).ThenBy(candidate => candidate.Weighted),
        Optimize.Balanced => candidates.OrderBy(candidate => Whole(candidate) * (candidate.Weighted / 1_000)).ThenBy(candidate => candidate.Weighted),
        _ => candidates.OrderBy(candidate => candidate.Weighted).ThenBy(candidate => candidate.Bytes),
    };

    private static List<Candidate> Candidates(Network network, KernelOptions options)
    {
        // Of plans that differ by next to nothing in size the fastest is enough; that keeps them few.
        long slack = options.Layers.Append(options.Heads).Sum(all => all.Select(option => (long)option.Bytes).DefaultIfEmpty(0).Min()) / SlackShare;
        List<Candidate> open = [new Candidate(0, 0, 0, null, null)];
        for (int layer = 0; layer < options.Layers.Length; layer++)
        {
            bool afterImage = layer > 0 && network.Layers[layer - 1].Operator.WritesImage;
            int index = layer;
            open = Best(slack, open.SelectMany(candidate => options.Layers[index].Select(option =>
            {
                LaneFormat? before = afterImage ? candidate.Last!.Kernel.Format : null, now = option.Kernel.Format;
                long transition = before == now ? 0 : (now is null ? 0 : options.Packing(index, now)) + (before is null ? 0 : options.Unpacking(index - 1, before));
                return candidate.With(option, transition);
            })));
        }

        if (options.Heads.Count > 0)
            open = Best(slack, open.SelectMany(candidate => options.Heads.Select(option => candidate.With(option, 0))));
        return open;
    }

    // Of those that end in the same format, the ones that no other beats in time, IL and tables: IL and tables have limits of their own.
    private static List<Candidate> Best(long slack, IEnumerable<Candidate> candidates)
    {
        var best = new List<Candidate>();
        foreach (IGrouping<LaneFormat?, Candidate> format in candidates.GroupBy(candidate => candidate.Last!.Kernel.Format))
        {
            // Those that are faster, as far as no other of them needs less of both.
            var sizes = new List<Candidate>();
            foreach (Candidate candidate in format.OrderBy(candidate => candidate.Weighted).ThenBy(candidate => candidate.Bytes))
            {
                if (sizes.Exists(faster => faster.IlBytes <= candidate.IlBytes + slack && faster.TableBytes <= candidate.TableBytes + slack))
                    continue;
                sizes.RemoveAll(faster => candidate.IlBytes <= faster.IlBytes && candidate.TableBytes <= faster.TableBytes);
                sizes.Add(candidate);
                best.Add(candidate);
            }
        }

        return best;
    }

    private static KernelPlan Plan(Candidate candidate, KernelOptions options, int count, int passed, Optimize optimize)
    {
        KernelOption[] chosen = [.. candidate.Chain()];
        ValueArray<LayerKernel> kernels = chosen.Select((option, i) => option.Kernel with
        {
            Reason = Reason(option, i < options.Layers.Length ? options.Layers[i] : options.Heads, isDense: i >= options.Layers.Length || option.Kernel.Kind is KernelKind.Sums or KernelKind.OutputLanes),
        }).ToValueArray();
        string goal = optimize == Optimize.Speed ? "fastest" : optimize == Optimize.Size ? "smallest" : "best balanced";
        string place = passed == 0 ? "the " + goal : FormattableString.Invariant($"the {goal} that keeps the limits, {passed} better ones do not");
        return new KernelPlan(
            kernels.Take(options.Layers.Length).ToValueArray(), kernels.Count > options.Layers.Length ? kernels[kernels.Count - 1] : new LayerKernel(KernelKind.Loop),
            FormattableString.Invariant($"{place} of {count} plans that no other beats in time, IL and tables"))
        {
            Sizes = new StageSizes(chosen.Select(option => option.Size).ToValueArray()),
            Weighted = candidate.Weighted,
            IlBytes = candidate.IlBytes,
            TableBytes = candidate.TableBytes,
        };
    }

    private static string Reason(KernelOption chosen, List<KernelOption> all, bool isDense) => Describe(chosen)
        + string.Concat(all.Where(option => option != chosen).Select(option => "; " + option.Kernel.ToText(isDense) + " " + Describe(option)));

    private static string Describe(KernelOption option) =>
        CostText.Weighted(option.Weighted) + " weighted, " + TextTable.Number(option.Bytes) + " bytes";

    private sealed record Searched(KernelOptions Options, Candidate[] Candidates, MethodCost[] Face);

    private sealed record Candidate(long Weighted, long IlBytes, long TableBytes, KernelOption? Last, Candidate? Before)
    {
        public long Bytes => IlBytes + TableBytes;

        public Candidate With(KernelOption option, long transition) =>
            new(Weighted + option.Weighted + transition, IlBytes + option.IlBytes, TableBytes + option.TableBytes, option, this);

        public IEnumerable<KernelOption> Chain() => Last is null ? [] : Before!.Chain().Append(Last);
    }
}
