using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Budgets;

/// <summary>The layer methods and the heads: a kernel call per step, guarded by the task's bit.</summary>
internal static class LayerCosts
{
    public static IEnumerable<MethodCost> Of(LoweredProgram program)
    {
        foreach (LoweredLayer layer in program.Layers)
            yield return Layer(layer);
        if (program.Heads.Count > 0)
            yield return Heads(program);
    }

    private static MethodCost Layer(LoweredLayer lowered)
    {
        var body = new IlBody();
        bool first = lowered.Layer.Index == 1;
        bool guarded = lowered.Steps.Any(step => step.Task >= 0);
        foreach (BlockStep step in lowered.Steps)
        {
            int end = body.NewLabel();
            if (step.Task >= 0)
                Guard(body, first ? 1 : 0, step.Task, end);
            if (lowered.Layer.Kind == LayerKind.Dense)
                Connect(body, step);
            else
                Convolve(body, lowered.Layer, step);
            body.Mark(end);
        }

        int[] parameters = new[] { first ? Signatures.Array : 0, guarded ? Signatures.Simple : 0 }.Where(p => p > 0).ToArray();
        return body.Return().Cost(Lowerer.LayerMethod(lowered.Layer.Index), parameters.Length, 0, Signatures.Method(Signatures.Simple, parameters));
    }

    private static MethodCost Heads(LoweredProgram program)
    {
        var body = new IlBody();
        foreach (HeadStep head in program.Heads)
        {
            NetworkTask task = program.Network.Tasks[head.Task];
            int end = body.NewLabel();
            Guard(body, 0, head.Task, end);
            body.Load().Int(head.SharedOffset).Int(task.SharedInputs).Int(head.OwnOffset).Int(task.OwnInputs)
                .Load().Int(head.FirstWeight).Load().Int(head.FirstChannel).Int(head.Classes).Load().Int(head.FirstClass)
                .Call(arguments: 12).Mark(end);
        }

        return body.Return().Cost("Heads", 1, 0, Signatures.Method(Signatures.Simple, Signatures.Simple));
    }

    // if ((tasks & Mask) != 0)
    private static void Guard(IlBody body, int tasks, int task, int end) =>
        body.Argument(tasks).Int(1 << task).Plain(2, 1).Branch(end, pops: 1);

    private static void Convolve(IlBody body, Layer layer, BlockStep step)
    {
        bool first = step.SharedOffset < 0;
        if (first)
            body.Argument(0);
        else
            body.Load();
        body.Int(first ? 0 : step.SharedOffset).Int(step.Block.SharedInputs).Load().Int(step.OwnOffset).Int(step.Block.OwnInputs)
            .Int(layer.InputRows).Int(layer.InputColumns).Int(layer.InputRows / layer.OutputRows).Int(layer.InputColumns / layer.OutputColumns)
            .Load().Int(step.FirstWeight).Load().Load().Int(step.FirstChannel).Int(step.Block.Channels.Count).Int(step.Block.ActivationMax)
            .Load().Int(step.OutputOffset)
            .Call(arguments: 19);
    }

    private static void Connect(IlBody body, BlockStep step) =>
        body.Load().Int(step.SharedOffset).Int(step.Block.SharedInputs).Int(step.OwnOffset).Int(step.Block.OwnInputs)
            .Load().Int(step.FirstWeight).Load().Load().Int(step.FirstChannel).Int(step.Block.Channels.Count).Int(step.Block.ActivationMax).Int(step.OutputOffset)
            .Call(arguments: 13);
}
