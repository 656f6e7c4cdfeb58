using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Budgets;

/// <summary>What firmware, or the next part, calls: Run and the accessors of each task.</summary>
internal static class FaceCosts
{
    private const int RunSignature = 2 + Signatures.Simple + Signatures.Array + Signatures.Simple;

    public static IEnumerable<MethodCost> Of(LoweredProgram program)
    {
        if (!program.Part.IsLast)
        {
            var body = new IlBody();
            Steps(body, program);
            yield return body.Return().Cost("Run", 2, 0, RunSignature);
            yield break;
        }

        yield return Run(program);
        for (int k = 0; k < program.Network.Tasks.Count; k++)
        {
            TaskNames names = program.Names[k];
            yield return new IlBody().Load().Return(value: true)
                .Cost("get_" + names.Logits, 0, 0, Signatures.Method(Signatures.Array));
            yield return new IlBody().Load().Call(1, 1).Return(value: true)
                .Cost("get_" + names.Class, 0, 0, Signatures.Method(Signatures.Simple));
            yield return Label(names, program.Network.Tasks[k].Labels.Count);
        }
    }

    private static MethodCost Run(LoweredProgram program)
    {
        InputSpec input = program.Network.Input;
        var body = new IlBody();
        int refuse = body.NewLabel(), start = body.NewLabel();
        body.Argument(0).Branch(refuse, pops: 1)
            .Argument(0).Plain(1, 1).Plain(1, 1).Int(input.Frames * input.Bands).Branch(refuse, pops: 2)
            .Argument(1).Int((1 << program.Network.Tasks.Count) - 1).Plain(2, 1).Branch(start, pops: 1)
            .Mark(refuse).Int(0).Return(value: true)
            .Mark(start);
        for (int part = 1; part < program.Part.Count; part++)
            body.Argument(0).Argument(1).Call(2);
        Steps(body, program);
        return body.Int(1).Return(value: true).Cost("Run", 2, 0, RunSignature);
    }

    private static void Steps(IlBody body, LoweredProgram program)
    {
        foreach (LoweredLayer layer in program.Layers)
        {
            bool first = layer.Layer.Index == 1, guarded = layer.Steps.Any(step => step.Task >= 0);
            if (first)
                body.Argument(0);
            if (guarded)
                body.Argument(1);
            body.Call((first ? 1 : 0) + (guarded ? 1 : 0));
        }

        if (program.Heads.Count > 0)
            body.Argument(1).Call(1);
    }

    // int best = Class; switch (best) { case 0: return "…"; … } return null;
    private static MethodCost Label(TaskNames names, int labels)
    {
        var body = new IlBody();
        body.Call(0, 1).Local(store: true);
        for (int first = 0; first < labels; first += DeviceLimits.SwitchCases)
            Cases(body, first, System.Math.Min(DeviceLimits.SwitchCases, labels - first));
        return body.Plain(0, 1).Return(value: true)
            .Cost("get_" + names.Label, 0, 1, Signatures.Method(Signatures.Simple) + Signatures.Locals(Signatures.Simple));
    }

    // Roslyn makes comparisons of one or two cases and a jump table of more.
    private static void Cases(IlBody body, int first, int count)
    {
        int end = body.NewLabel();
        int[] cases = Enumerable.Range(0, count).Select(_ => body.NewLabel()).ToArray();
        if (count == 1)
        {
            Compare(body, first, end);
        }
        else if (count == 2)
        {
            Compare(body, first, cases[0]);
            Compare(body, first + 1, cases[1]);
            body.Branch(end, pops: 0);
        }
        else
        {
            body.Local();
            if (first > 0)
                body.Int(first).Plain(2, 1);
            body.Switch(cases).Branch(end, pops: 0);
        }

        foreach (int label in cases)
            body.Mark(label).Load().Return(value: true);
        body.Mark(end);
    }

    private static void Compare(IlBody body, int value, int target)
    {
        body.Local();
        if (value == 0)
            body.Branch(target, pops: 1);
        else
            body.Int(value).Branch(target, pops: 2);
    }
}
