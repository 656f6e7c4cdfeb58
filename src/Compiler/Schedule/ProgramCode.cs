using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>Builds the methods of the layers and heads that a program, or a part of one, computes.</summary>
public static class ProgramCode
{
    /// <summary>The program with its code.</summary>
    public static LoweredProgram Build(LoweredProgram program)
    {
        List<StageCode> code = [.. program.Layers.Select(layer => KernelRegistry.Of(layer.Kernel.Kind).Build(program, layer))];
        if (program.Heads.Count > 0)
            code.Add(KernelRegistry.Of(program.Plan.Heads.Kind).BuildHeads(program));
        return program with { Code = code.ToValueArray() };
    }
}
