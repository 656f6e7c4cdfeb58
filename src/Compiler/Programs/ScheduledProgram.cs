using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Programs;

/// <summary>A network in the order of execution: which kernel computes which channels when. Nothing has a place in memory yet.</summary>
/// <param name="Network">What is computed.</param>
/// <param name="Plan">The kernels.</param>
/// <param name="Layers">Steps in order of execution.</param>
/// <param name="Heads">One per task, after the layers.</param>
/// <param name="ClassName">The class with the public face.</param>
/// <param name="Names">C# names of the tasks, which no class that it may be cut into takes.</param>
public sealed record ScheduledProgram(
    Network Network, KernelPlan Plan, ValueArray<ScheduledLayer> Layers, ValueArray<HeadStep> Heads, string ClassName, ValueArray<TaskNames> Names);

/// <summary>The steps of one depth: the shared block first, then every adapter that has channels.</summary>
/// <param name="Layer">Kind and shapes.</param>
/// <param name="Kernel">How they are computed.</param>
/// <param name="Steps">In order.</param>
/// <param name="Lanes">The layer on packed lanes; null for kernels that work on bytes.</param>
public sealed record ScheduledLayer(Layer Layer, LayerKernel Kernel, ValueArray<BlockStep> Steps, LaneLayer? Lanes);

/// <summary>One block's computation, or that of some of its output channels where parts or kernels divide a block.</summary>
/// <param name="Task">Index of the task whose bit guards the step; null for the shared encoder, which always runs.</param>
/// <param name="Block">Inputs, and the channels computed here.</param>
/// <param name="First">Number of the first of them in the whole block, from 0.</param>
/// <param name="IsWhole">False where another part or kernel computes other channels of the block.</param>
/// <param name="InTables">Weights, biases and shifts are in tables, not in code.</param>
public record BlockStep(int? Task, Block Block, int First = 0, bool IsWhole = true, bool InTables = false)
{
    /// <summary>Bit of the task; 0 for the shared encoder.</summary>
    public int Mask => Task is { } task ? 1 << task : 0;

    /// <summary>Some channels of it.</summary>
    /// <param name="first">The first, of those that it computes.</param>
    /// <param name="count">How many.</param>
    public BlockStep Part(int first, int count) => this with
    {
        Block = Block with { Channels = Block.Channels.Skip(first).Take(count).ToValueArray() },
        First = First + first,
        IsWhole = false,
    };
}

/// <summary>One task's head, or some of its classes.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="FirstClass">Class of the first logit.</param>
/// <param name="Classes">Logits computed here.</param>
public record HeadStep(int Task, int FirstClass, int Classes);
