using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Costs;

/// <summary>What surrounds the kernels: Run, a method per layer, a kernel call per step. The shapes are those of the budgets' LayerCosts and FaceCosts.</summary>
internal static class CallCosts
{
    private const string Table = "ldsfld:ref";
    private const string Guard = "and brfalse.s";

    /// <summary>Every step of a program.</summary>
    public static ProgramCost Of(LoweredProgram program) => new(
        IlCost.Of(Entry(program)),
        program.Layers.Select(Layer).ToValueArray(),
        program.Heads.Count == 0 ? null : new GroupCost(IlCost.Of("ldarg.1 call:1:0:void"), program.Heads.Select(head => Head(program, head)).ToValueArray()));

    // The call of another part's Run is counted where it stands, in the last part.
    private static string Entry(LoweredProgram program)
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

    private static GroupCost Layer(LoweredLayer lowered)
    {
        bool first = lowered.Layer.Index == 1, guarded = lowered.Steps.Any(step => step.Task >= 0);
        string call = (first ? "ldarg.0:ref " : "") + (guarded ? "ldarg.1 " : "") + ((first, guarded) switch
        {
            (true, true) => "call:2:0:void",
            (false, false) => "call:0:0:void",
            _ => "call:1:0:void",
        });
        return new GroupCost(IlCost.Of(call), lowered.Steps.Select(step => new StepCost(
            step.Task,
            step.Task < 0 ? 0 : IlCost.Of(string.Join(" ", first ? "ldarg.1" : "ldarg.0", IlCost.Constant(1 << step.Task), Guard)),
            lowered.Layer.Kind == LayerKind.Dense ? Connect(step) : Convolve(lowered.Layer, step))).ToValueArray());
    }

    private static StepCost Head(LoweredProgram program, HeadStep head)
    {
        NetworkTask task = program.Network.Tasks[head.Task];
        long call = Pushed(
            [Table, Table, Table, Table, "call:12:1:void"],
            [head.SharedOffset, task.SharedInputs, head.OwnOffset, task.OwnInputs, head.FirstWeight, head.FirstChannel, head.Classes, head.FirstClass]);
        return new StepCost(
            head.Task, IlCost.Of(string.Join(" ", "ldarg.0", IlCost.Constant(1 << head.Task), Guard)), call + KernelTally.Classify(head, task).Cost);
    }

    private static long Convolve(Layer layer, BlockStep step)
    {
        bool first = step.SharedOffset < 0;
        long call = Pushed(
            [first ? "ldarg.0:ref" : Table, Table, Table, Table, Table, Table, "call:19:7:void"],
            [
                first ? 0 : step.SharedOffset, step.Block.SharedInputs, step.OwnOffset, step.Block.OwnInputs, layer.InputRows, layer.InputColumns,
                layer.InputRows / layer.OutputRows, layer.InputColumns / layer.OutputColumns, step.FirstWeight, step.FirstChannel,
                step.Block.Channels.Count, step.Block.ActivationMax, step.OutputOffset,
            ]);
        return call + KernelTally.Convolve(layer, step.Block).Cost;
    }

    private static long Connect(BlockStep step)
    {
        long call = Pushed(
            [Table, Table, Table, Table, "call:13:2:void"],
            [
                step.SharedOffset, step.Block.SharedInputs, step.OwnOffset, step.Block.OwnInputs, step.FirstWeight, step.FirstChannel,
                step.Block.Channels.Count, step.Block.ActivationMax, step.OutputOffset,
            ]);
        return call + KernelTally.Connect(step.Block).Cost;
    }

    private static long Pushed(IEnumerable<string> others, IEnumerable<int> constants) =>
        IlCost.Of(string.Join(" ", others)) + IlCost.Of(IlCost.Constants(constants));
}
