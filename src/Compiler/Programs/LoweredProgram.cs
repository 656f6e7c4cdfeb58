using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Programs;

/// <summary>A network with everything decided: kernels, order of steps, places in the arenas and in the tables, names, code. The emitter only prints it.</summary>
/// <param name="Network">What is computed.</param>
/// <param name="ClassName">The class with the public face, whichever part this is.</param>
/// <param name="Plan">The kernels.</param>
/// <param name="Arena">Where codes live, a byte each.</param>
/// <param name="Lanes">Where packed images live.</param>
/// <param name="Layers">Steps in order of execution.</param>
/// <param name="Heads">One per task, after the layers.</param>
/// <param name="Tables">Weights, biases and shifts in the order that the steps read them.</param>
/// <param name="Names">C# names of the tasks.</param>
/// <param name="Part">Which part of the model this is; steps and tables are those of this part only.</param>
/// <param name="Code">The methods of layers and heads; empty before they are built.</param>
public sealed record LoweredProgram(
    Network Network,
    string ClassName,
    KernelPlan Plan,
    ArenaPlan Arena,
    LaneArena Lanes,
    ValueArray<LoweredLayer> Layers,
    ValueArray<HeadStep> Heads,
    WeightTables Tables,
    ValueArray<TaskNames> Names,
    ProgramPart Part,
    ValueArray<StageCode> Code)
{
    /// <summary>
    /// What one label takes on the device: a reference in an array and 24 bytes of a string object; its characters stay in flash (by the
    /// interpreter's object layout).
    /// </summary>
    public const int BytesPerLabel = DeviceLimits.SlotBytes + 24;

    /// <summary>Bytes of both arenas.</summary>
    public int ArenaBytes => Arena.Size + (Lanes.Length * sizeof(long));

    /// <summary>Bytes of both arenas that no plan could do without.</summary>
    public int ArenaLowerBound => Arena.LowerBound + (Lanes.LowerBound * sizeof(long));

    /// <summary>Bytes that the static constructor allocates: elements of arenas, tables and logits, as far as this part owns them, and labels.</summary>
    public int RamBytes => (Part.IsFirst ? ArenaBytes : 0) + Tables.Bytes
        + Network.Tasks.Where((_, task) => OwnsLogits(task)).Sum(task => task.Classes.Count * sizeof(int))
        + (Part.IsLast ? Network.Tasks.Sum(task => task.Labels.Count * BytesPerLabel) : 0);

    /// <summary>This part allocates the task's logits.</summary>
    public bool OwnsLogits(int task) => Part.LogitsOwners[task] == Part.Number;

    /// <summary>The part has an arena of longs to allocate.</summary>
    public bool OwnsLanes => Part.IsFirst && Lanes.Length > 0;

    /// <summary>The part has an arena of bytes to allocate.</summary>
    public bool OwnsArena => Part.IsFirst && Arena.Size > 0;

    /// <summary>Name of the arena in the class that owns it: public where other parts use it.</summary>
    public string ArenaField => Part.IsLast ? "arena" : "Arena";

    /// <summary>Name of the arena of longs in the class that owns it.</summary>
    public string LanesField => Part.IsLast ? "lanes" : "Lanes";

    /// <summary>Name of a task's logits in the class that owns them: public in a part without the public face.</summary>
    public string LogitsField(int task) => Part.IsLast ? Names[task].LogitsField : Names[task].Logits;

    /// <summary>Name of a task's bit; of several, an expression.</summary>
    /// <param name="mask">Bits.</param>
    public string MaskName(int mask)
    {
        string[] names = [.. Names.Where((_, task) => (mask & (1 << task)) != 0).Select(name => name.Mask)];
        return names.Length == 1 ? names[0] : "(" + string.Join(" | ", names) + ")";
    }
}

/// <summary>The steps of one depth: the shared block first, then every adapter that has channels.</summary>
/// <param name="Layer">Kind and shapes.</param>
/// <param name="Kernel">How they are computed.</param>
/// <param name="Steps">In order.</param>
/// <param name="Lanes">The layer on packed lanes, whole even where a part computes some of it; null for other kernels.</param>
/// <param name="Packed">Where the blocks below left their codes, in order, where the layer begins with packing those.</param>
public sealed record LoweredLayer(Layer Layer, LayerKernel Kernel, ValueArray<BlockStep> Steps, LaneLayer? Lanes, ValueArray<ByteRange> Packed)
{
    /// <summary>What is computed here of a lane layer.</summary>
    public ValueArray<LaneSlice> Slices => Steps.Where(step => step.Block.Channels.Count > 0).Select(Slice).ToValueArray();

    /// <summary>What a step computes of a lane layer.</summary>
    public LaneSlice Slice(BlockStep step) => new(Lanes!.Blocks.First(block => block.Task == step.Task), step.First, step.Block.Channels.Count);
}

/// <summary>Codes of some channels in the arena of bytes.</summary>
public sealed record ByteRange(int Offset, int Channels);

/// <summary>One block's computation, or that of some of its output channels where parts divide a block.</summary>
/// <param name="Task">Index of the task whose bit guards the step; -1 for the shared encoder, which always runs.</param>
/// <param name="Block">Inputs, and the channels computed here.</param>
/// <param name="First">Number of the first of them in the whole block, from 0.</param>
/// <param name="SharedOffset">Where the shared input starts in the arena; -1 for the codes given by the caller.</param>
/// <param name="OwnOffset">Where the adapter's own input starts in the arena; 0 where it reads none.</param>
/// <param name="OutputOffset">Where the output starts in the arena.</param>
/// <param name="FirstWeight">Index of the first weight in the weight table.</param>
/// <param name="FirstChannel">Index of the first channel in the tables of biases and shifts.</param>
/// <param name="IsWhole">False where another part or kernel computes other channels of the block.</param>
/// <param name="InTables">Weights, biases and shifts are in tables, not in code.</param>
public sealed record BlockStep(
    int Task, Block Block, int First, int SharedOffset, int OwnOffset, int OutputOffset, int FirstWeight = 0, int FirstChannel = 0, bool IsWhole = true, bool InTables = false)
{
    /// <summary>Bit of the task; 0 for the shared encoder.</summary>
    public int Mask => Task < 0 ? 0 : 1 << Task;
}

/// <summary>One task's head, or some of its classes; other members as in <see cref="BlockStep"/>.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="SharedOffset">Where the shared embedding starts in the arena.</param>
/// <param name="OwnOffset">Where the adapter's embedding starts in the arena.</param>
/// <param name="FirstClass">Class of the first logit.</param>
/// <param name="Classes">Logits computed here.</param>
/// <param name="FirstWeight">Index of the first weight in the weight table.</param>
/// <param name="FirstChannel">Index of the first class in the table of biases.</param>
public sealed record HeadStep(int Task, int SharedOffset, int OwnOffset, int FirstClass, int Classes, int FirstWeight = 0, int FirstChannel = 0);

/// <summary>The constant tables.</summary>
/// <param name="Rows">One per output channel or class of a loop kernel, in order.</param>
/// <param name="LaneShifts">Shifts that are left after the maximum over lanes, one per channel of a global convolution.</param>
public sealed record WeightTables(ValueArray<TableRow> Rows, ValueArray<int> LaneShifts)
{
    /// <summary>No tables.</summary>
    public static WeightTables Empty { get; } = new(ValueArray<TableRow>.Empty, ValueArray<int>.Empty);

    /// <summary>Bytes of weights.</summary>
    public int WeightCount => Rows.Sum(row => row.Weights.Count);

    /// <summary>Bytes of weights (1 each), biases (4) and shifts (1).</summary>
    public int Bytes => WeightCount + (Rows.Count * sizeof(int)) + Rows.Count(row => row.Shift is not null) + LaneShifts.Count;
}

/// <summary>What one output channel or class needs.</summary>
/// <param name="Section">Which block it belongs to, for the reader.</param>
/// <param name="Number">Channel or class in the model file, from 1.</param>
/// <param name="Bias">Start of the accumulator.</param>
/// <param name="Shift">Requantisation shift; null for a class, whose logit is not requantised. Classes come last.</param>
/// <param name="Weights">Shared inputs, then own.</param>
public sealed record TableRow(string Section, int Number, int Bias, int? Shift, ValueArray<sbyte> Weights);
