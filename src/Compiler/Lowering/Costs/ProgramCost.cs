using System.Linq;

namespace AdapterCompiler.Lowering.Costs;

/// <summary>
/// Predicted cost of one window, in weighted instructions: executed IL times the counted machine instructions of each
/// (<see cref="Targets.OpcodeCosts"/>). Of a part: what the part itself executes.
/// </summary>
/// <param name="Entry">Run itself and its call; where other parts compute steps, their calls.</param>
/// <param name="Layers">One per <see cref="LoweredProgram.Layers"/>.</param>
/// <param name="Heads">The heads, or null where a part has none.</param>
public sealed record ProgramCost(long Entry, ValueArray<GroupCost> Layers, GroupCost? Heads)
{
    /// <summary>Tasks of all bits.</summary>
    public const int AllTasks = -1;

    /// <summary>Weighted instructions of a window.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public long Of(int tasks = AllTasks) => Entry + Layers.Sum(layer => layer.Of(tasks)) + (Heads?.Of(tasks) ?? 0);

    /// <summary>Computes what a program costs.</summary>
    public static ProgramCost Of(LoweredProgram program) => CallCosts.Of(program);
}

/// <summary>Cost of the steps of one depth, which share a method.</summary>
/// <param name="Call">The method's call.</param>
/// <param name="Steps">In order.</param>
public sealed record GroupCost(long Call, ValueArray<StepCost> Steps)
{
    /// <summary>Weighted instructions of a window.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public long Of(int tasks) => Call + Steps.Sum(step => step.Of(tasks));
}

/// <summary>Cost of one step.</summary>
/// <param name="Task">Index of its task; -1 for the shared encoder.</param>
/// <param name="Guard">The test of the task's bit, which runs whether or not the task was asked for.</param>
/// <param name="Body">Everything else.</param>
public sealed record StepCost(int Task, long Guard, long Body)
{
    /// <summary>Weighted instructions of a window.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public long Of(int tasks) => Guard + (Task < 0 || (tasks & (1 << Task)) != 0 ? Body : 0);
}
