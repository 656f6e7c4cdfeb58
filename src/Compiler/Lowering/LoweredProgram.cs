using System.Linq;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering;

/// <summary>A network with everything decided: order of steps, places in the arena and in the tables, names. The emitter only prints it.</summary>
/// <param name="Network">What is computed.</param>
/// <param name="Arena">Where activations live.</param>
/// <param name="Layers">Steps in order of execution.</param>
/// <param name="Heads">One per task, after the layers.</param>
/// <param name="Tables">Weights, biases and shifts in the order that the steps read them.</param>
/// <param name="Names">C# names of the tasks.</param>
/// <param name="Part">Which part of the model this is; steps and tables are those of this part only.</param>
public sealed record LoweredProgram(
    Network Network,
    ArenaPlan Arena,
    ValueArray<LoweredLayer> Layers,
    ValueArray<HeadStep> Heads,
    WeightTables Tables,
    ValueArray<TaskNames> Names,
    ProgramPart Part)
{
    /// <summary>
    /// What one label takes on the device: 12 bytes of an array of references and 24 of a string object; its characters stay in flash
    /// (by the interpreter's object layout).
    /// </summary>
    public const int BytesPerLabel = 36;

    /// <summary>Bytes that the static constructor allocates: elements of arena, tables and logits, as far as this part owns them, and labels.</summary>
    public int RamBytes => (Part.IsFirst ? Arena.Size : 0) + Tables.Bytes
        + Network.Tasks.Where((_, task) => OwnsLogits(task)).Sum(task => task.Classes.Count * sizeof(int))
        + (Part.IsLast ? Network.Tasks.Sum(task => task.Labels.Count * BytesPerLabel) : 0);

    /// <summary>This part allocates the task's logits.</summary>
    public bool OwnsLogits(int task) => Part.LogitsOwners[task] == Part.Number;

    /// <summary>Name of the arena in the class that owns it: public where other parts use it.</summary>
    public string ArenaField => Part.IsLast ? "arena" : "Arena";

    /// <summary>Name of a task's logits in the class that owns them: public in a part without the public face.</summary>
    public string LogitsField(int task) => Part.IsLast ? Names[task].LogitsField : Names[task].Logits;
}

/// <summary>The steps of one depth: the shared block first, then every adapter that has channels.</summary>
public sealed record LoweredLayer(Layer Layer, ValueArray<BlockStep> Steps);

/// <summary>One block's computation, or that of some of its output channels where parts divide a block.</summary>
/// <param name="Task">Index of the task whose bit guards the step; -1 for the shared encoder, which always runs.</param>
/// <param name="Block">Inputs, and the channels computed here.</param>
/// <param name="SharedOffset">Where the shared input starts in the arena; -1 for the codes given by the caller.</param>
/// <param name="OwnOffset">Where the adapter's own input starts in the arena; 0 where it reads none.</param>
/// <param name="OutputOffset">Where the output starts in the arena.</param>
/// <param name="FirstWeight">Index of the first weight in the weight table.</param>
/// <param name="FirstChannel">Index of the first channel in the tables of biases and shifts.</param>
/// <param name="IsWhole">False where another part computes other channels of the block.</param>
public sealed record BlockStep(int Task, Block Block, int SharedOffset, int OwnOffset, int OutputOffset, int FirstWeight, int FirstChannel, bool IsWhole = true);

/// <summary>One task's head, or some of its classes; other members as in <see cref="BlockStep"/>.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="SharedOffset">Where the shared embedding starts in the arena.</param>
/// <param name="OwnOffset">Where the adapter's embedding starts in the arena.</param>
/// <param name="FirstWeight">Index of the first weight in the weight table.</param>
/// <param name="FirstChannel">Index of the first class in the table of biases.</param>
/// <param name="FirstClass">Class of the first logit.</param>
/// <param name="Classes">Logits computed here.</param>
public sealed record HeadStep(int Task, int SharedOffset, int OwnOffset, int FirstWeight, int FirstChannel, int FirstClass, int Classes);

/// <summary>The constant tables.</summary>
/// <param name="Rows">One per output channel or class, in order.</param>
public sealed record WeightTables(ValueArray<TableRow> Rows)
{
    /// <summary>Weights in all.</summary>
    public int WeightCount => Rows.Sum(row => row.Weights.Count);

    /// <summary>Bytes of weights (1 each), biases (4) and shifts (1).</summary>
    public int Bytes => WeightCount + (Rows.Count * sizeof(int)) + Rows.Count(row => row.Shift is not null);
}

/// <summary>What one output channel or class needs.</summary>
/// <param name="Section">Which block it belongs to, for the reader.</param>
/// <param name="Number">Channel or class in the model file, from 1.</param>
/// <param name="Bias">Start of the accumulator.</param>
/// <param name="Shift">Requantisation shift; null for a class, whose logit is not requantised. Classes come last.</param>
/// <param name="Weights">Shared inputs, then own.</param>
public sealed record TableRow(string Section, int Number, int Bias, int? Shift, ValueArray<sbyte> Weights);
