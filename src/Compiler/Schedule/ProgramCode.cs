using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>Builds the methods of the layers and heads that a program, or a part of one, computes.</summary>
public static class ProgramCode
{
    /// <summary>The program with its code.</summary>
    public static CodedProgram Build(PartProgram program) => Build(program, new CodeShelf());

    /// <summary>The program with its code.</summary>
    /// <param name="program">The whole network or one part.</param>
    /// <param name="shelf">What was built of the same network before.</param>
    internal static CodedProgram Build(PartProgram program, CodeShelf shelf)
    {
        shelf.Begin();
        List<LayerCode> code = [.. program.Layers.Select(layer => shelf.Of(program, layer))];
        if (program.Heads.Count > 0)
            code.Add(Heads(program));
        return new CodedProgram(program, code.ToValueArray());
    }

    /// <summary>One layer's code, to be measured.</summary>
    internal static LayerCode Layer(PartProgram program, PartLayer layer) => KernelRegistry.Of(layer.Kernel).Build(program, layer);

    /// <summary>The heads' code.</summary>
    internal static LayerCode Heads(PartProgram program) => KernelRegistry.Of(program.Plan.Heads).BuildHeads(program);
}
