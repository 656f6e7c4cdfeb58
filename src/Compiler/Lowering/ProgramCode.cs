using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Planning;

namespace AdapterCompiler.Lowering;

/// <summary>Builds the methods of the layers and heads that a program, or a part of one, computes.</summary>
public static class ProgramCode
{
    /// <summary>The program with its code.</summary>
    public static LoweredProgram Build(LoweredProgram program)
    {
        var code = new List<StageCode>();
        int laneShifts = 0;
        foreach (LoweredLayer layer in program.Layers)
        {
            code.Add(layer.Kernel.Kind switch
            {
                KernelKind.PositionLanes or KernelKind.LaneLoop => LaneStage.Build(program, layer, laneShifts),
                KernelKind.Loop => LoopStage.Build(program, layer),
                KernelKind.Sums or KernelKind.OutputLanes => DenseStage.Build(program, layer),
                _ => throw new InvalidOperationException($"no stage builds {layer.Kernel.Kind}"),
            });
            if (layer.Lanes is { IsGlobal: true })
                laneShifts += layer.Steps.Sum(step => step.Block.Channels.Count);
        }

        if (program.Heads.Count > 0)
            code.Add(program.Plan.Heads.Kind == KernelKind.Loop ? LoopStage.Heads(program) : DenseStage.Heads(program));
        return program with { Code = code.ToValueArray() };
    }
}
