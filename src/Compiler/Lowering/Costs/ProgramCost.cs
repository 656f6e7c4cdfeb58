using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Costs;

/// <summary>
/// Predicted cost of one window, in weighted instructions: executed IL times the counted machine instructions of each
/// (<see cref="OpcodeCosts"/>). Of a part: what the part itself executes.
/// </summary>
/// <param name="Entry">Run itself and its call; where other parts compute steps, their calls.</param>
/// <param name="Stages">One per <see cref="LoweredProgram.Code"/>: layers, then heads.</param>
public sealed record ProgramCost(long Entry, ValueArray<StageCost> Stages)
{
    /// <summary>Tasks of all bits.</summary>
    public const int AllTasks = -1;

    /// <summary>Weighted instructions of a window.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public long Of(int tasks = AllTasks) => Entry + Stages.Sum(stage => stage.Of(tasks));

    /// <summary>Computes what a program costs.</summary>
    public static ProgramCost Of(LoweredProgram program) => new(IlCost.Of(Run(program)), program.Code.Select(Of).ToValueArray());

    private static StageCost Of(StageCode code)
    {
        // Run passes the caller's codes and the tasks on.
        string call = ((code.TakesCodes ? "ldarg.0:ref " : "") + (code.TakesTasks ? "ldarg.1" : "")).Trim();
        return new StageCost(code.Costs.Prepend(new AskedCost(0, call.Length == 0 ? 0 : IlCost.Of(call))).ToValueArray());
    }

    // The call of another part's Run is counted where it stands, in the last part.
    private static string Run(LoweredProgram program)
    {
        if (!program.Part.IsLast)
            return "ret";
        InputSpec input = program.Network.Input;
        return string.Join(" ", new[]
        {
            "call:2:0:value ldarg.0:ref brfalse.s ldarg.0:ref ldlen conv.i4", IlCost.Constant(input.Frames * input.Bands),
            "bne.un.s ldarg.1", IlCost.Constant((1 << program.Network.Tasks.Count) - 1), "and brtrue.s",
        }.Concat(Enumerable.Repeat("ldarg.0:ref ldarg.1 call:2:0:void", program.Part.Count - 1)).Append("ldc.i4.1 ret"));
    }
}

/// <summary>Cost of a layer, or of the heads.</summary>
/// <param name="Costs">By the tasks that they need.</param>
public sealed record StageCost(ValueArray<AskedCost> Costs)
{
    /// <summary>Weighted instructions of a window.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public long Of(int tasks) => Costs.Where(cost => cost.Runs(tasks)).Sum(cost => cost.Weighted);

    /// <summary>What runs for one task only; for -1 what runs for the shared encoder or for several tasks.</summary>
    public long OfTask(int task) => Costs.Where(cost => OwnerOf(cost.Asked) == task).Sum(cost => cost.Weighted);

    /// <summary>The task that a mask names; -1 where it names none, or several.</summary>
    public static int OwnerOf(int mask)
    {
        if (mask == 0 || (mask & (mask - 1)) != 0)
            return -1;
        int task = 0;
        while ((mask >> task) != 1)
            task++;
        return task;
    }
}
