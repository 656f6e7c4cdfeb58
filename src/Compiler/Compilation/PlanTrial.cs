using System.Collections.Generic;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Compilation;

/// <summary>The judge of plans: builds what a plan becomes and says which limit it passes.</summary>
/// <param name="space">The network and its plans.</param>
/// <param name="options">Names and limits; part and number of parts do not matter.</param>
/// <param name="least">Parts at least.</param>
/// <param name="most">Parts at most.</param>
/// <param name="isLimited">The limits of assemblies count.</param>
internal sealed class PlanTrial(PlanSpace space, CompilationOptions options, int least, int most, bool isLimited)
{
    /// <summary>What the smallest plan lacks, of those that were tried: what is said where none fits.</summary>
    public Refusal? Lacking { get; private set; }

    /// <summary>Tries a plan in each number of parts that is worth building.</summary>
    public Verdict<BuiltModel> Judge(KernelPlan plan)
    {
        Refusal? refused = null;
        foreach (int count in Counts(plan))
        {
            (BuiltModel? built, refused) = PartsBuilder.Build(space, plan, options with { Part = 1, Parts = count }, isLimited);
            if (built is not null)
                return new Verdict<BuiltModel>(built, null);
            // More parts bring no memory, and no shorter arrays.
            if (refused!.Overrun.Limit is Limit.Memory or Limit.Array)
                break;
        }

        if (Lacking is null || SaysMore(options, refused!.Overrun, Lacking.Overrun))
            Lacking = refused;
        return new Verdict<BuiltModel>(null, refused!.Overrun);
    }

    /// <summary>
    /// Which of two refusals is told. Plans come with the smallest first, or with it at last; of those that leave the program too little, the one that lacks least says which room there could be.
    /// </summary>
    /// <param name="options">Goal, and the room that is named.</param>
    /// <param name="later">What the plan tried last passes.</param>
    /// <param name="earlier">What the one told of so far passes.</param>
    internal static bool SaysMore(CompilationOptions options, Overrun later, Overrun earlier) => options.ProgramRoomBytes is not null && (later, earlier) is ({ Limit: Limit.Code, Bytes: > 0 }, { Limit: Limit.Code, Bytes: > 0 })
        ? later.Bytes < earlier.Bytes
        : options.Goal != Optimize.Size;

    // Least first, and one at least, to say what the plan lacks.
    private IEnumerable<int> Counts(KernelPlan plan)
    {
        if (least == 1 && (most == 1 || plan is not MeasuredPlan { IlBytes: > AssemblyLimits.IlBytes }))
            yield return 1;
        if (most == 1)
            yield break;
        int smallest = least == most ? most : PartPlan.Smallest(Scheduler.Of(space.Proofs, options.ClassName, plan), most, options.KeptRoom);
        for (int count = smallest == 0 ? most : smallest; count <= most; count++)
            yield return count;
    }
}
