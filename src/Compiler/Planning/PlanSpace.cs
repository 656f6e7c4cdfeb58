using System;
using System.Collections.Generic;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;

namespace AdapterCompiler.Planning;

/// <summary>
/// A network and every plan of it that is worth a thought. Measuring kernels is most of a compilation's work: it is done when the first plan is asked for,
/// and whoever searches again, for another goal or number of parts, is handed the same space.
/// </summary>
internal sealed class PlanSpace
{
    private readonly Lazy<KernelOptions> options;
    private readonly Lazy<IReadOnlyList<Candidate>> candidates;
    private readonly Lazy<IReadOnlyList<MethodCost>> face;

    /// <summary>Nothing is measured yet.</summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    public PlanSpace(Network network)
    {
        Proofs = new LaneProofs(network);
        options = new Lazy<KernelOptions>(() => KernelOptions.Of(Proofs));
        candidates = new Lazy<IReadOnlyList<Candidate>>(() => CandidateSearch.Of(network, options.Value));
        face = new Lazy<IReadOnlyList<MethodCost>>(() => [.. PartLoad.FaceOf(Scheduler.Of(Proofs, "Model", KernelPlan.Loops(network)))]);
    }

    /// <summary>The network.</summary>
    public Network Network => Proofs.Network;

    /// <summary>What is proven of it.</summary>
    public LaneProofs Proofs { get; }

    /// <summary>What hears for the network; null where firmware passes codes.</summary>
    public Hearing? Hearing { get; init; }

    /// <summary>Code that was built for one plan and serves another.</summary>
    public CodeShelf Shelf { get; } = new();

    /// <summary>Kernels of each layer, measured.</summary>
    public KernelOptions Options => options.Value;

    /// <summary>Combinations of them that no other beats.</summary>
    public IReadOnlyList<Candidate> Candidates => candidates.Value;

    /// <summary>A combination by figures of code that is built: what was estimated is measured, once for all that have it.</summary>
    public Candidate Measured(Candidate candidate) => candidate.IsEstimate
        ? candidate.By((layer, option) => option.IsEstimate ? Options.Measure(layer, option.Kernel) : option)
        : candidate;

    /// <summary>Run and the tasks' properties.</summary>
    public IReadOnlyList<MethodCost> Face => face.Value;
}
