using System.Collections.Generic;
using AdapterCompiler.Artifact;

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
            yield return new IlBody().Load().Call(0, 1).Plain(2, 1).Return(value: true)
                .Cost("get_" + names.Label, 0, 0, Signatures.Method(Signatures.Simple));
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
        foreach (StageCode stage in program.Code)
        {
            if (stage.TakesCodes)
                body.Argument(0);
            if (stage.TakesTasks)
                body.Argument(1);
            body.Call(stage.Entry.Method.Parameters.Count);
        }
    }
}
