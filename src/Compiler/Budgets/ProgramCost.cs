using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Faces;
using AdapterCompiler.Kernels.Streams;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Budgets;

/// <summary>
/// Predicted cost of one window, on a stream of one decision with every frame since the one before, in weighted instructions: executed IL times the counted machine instructions of each
/// (<see cref="OpcodeCosts"/>). Of a part: what the part itself executes.
/// </summary>
/// <param name="Entry">Run itself and its call; where other parts compute steps, their calls.</param>
/// <param name="Layers">One per <see cref="CodedProgram.Code"/>: layers, then heads.</param>
public sealed record ProgramCost(long Entry, ValueArray<LayerCost> Layers)
{
    /// <summary>Tasks of all bits.</summary>
    public const int AllTasks = -1;

    /// <summary>Weighted instructions of a window.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public long Of(int tasks = AllTasks) => Entry + Layers.Sum(layer => layer.Of(tasks));

    /// <summary>Computes what a program costs.</summary>
    public static ProgramCost Of(CodedProgram program)
    {
        if (program.Network.Streaming is not null)
            return new ProgramCost(StreamCost.OfDecision(program.Network, program.Code), program.Code.Select((code, i) => Times(code, i < program.Layers.Count ? program.Layers[i].Layer.Runs : 1)).ToValueArray());
        Method run = FaceCode.Run(program);
        MethodFigures figures = IlAssembler.Assemble(run);
        // What Run passes on to a layer is the layer's.
        long[] passed = [.. program.Code.Select(code => Body(IlAssembler.Assemble(run with { Body = ValueArray.Of(FaceCode.Call(code)) })))];
        long entry = Body(figures) - passed.Sum();
        // The call of another part's Run is counted where it stands, in the last part.
        if (program.Part.IsLast)
            entry += figures.CallCost + ((program.Part.Count - 1) * OpcodeCost.Call(run.Parameters.Count, locals: 0, returnsValue: false));
        return new ProgramCost(
            entry, program.Code.Select((code, i) => new LayerCost(code.Costs.Prepend(new AskedCost(0, passed[i])).ToValueArray())).ToValueArray());
    }

    private static LayerCost Times(LayerCode code, int runs) => new(code.Costs.Select(cost => cost with { Weighted = runs * cost.Weighted }).ToValueArray());

    private static long Body(MethodFigures figures) => figures.Costs.Sum(cost => cost.Weighted);
}

/// <summary>Cost of a layer, or of the heads.</summary>
/// <param name="Costs">By the tasks that they need.</param>
public sealed record LayerCost(ValueArray<AskedCost> Costs)
{
    /// <summary>Weighted instructions of a window.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public long Of(int tasks) => Costs.Where(cost => cost.Runs(tasks)).Sum(cost => cost.Weighted);

    /// <summary>What runs for one task only; for null what runs for the shared encoder or for several tasks.</summary>
    public long OfTask(int? task) => Costs.Where(cost => OwnerOf(cost.Asked) == task).Sum(cost => cost.Weighted);

    /// <summary>The task that a mask names; null where it names none, or several.</summary>
    public static int? OwnerOf(int mask)
    {
        if (mask == 0 || (mask & (mask - 1)) != 0)
            return null;
        int task = 0;
        while ((mask >> task) != 1)
            task++;
        return task;
    }
}
