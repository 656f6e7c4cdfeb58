using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AdapterCompiler.Testing.Counting;

/// <summary>The basic blocks of a compiled method: instructions that run together or not at all, calls apart.</summary>
public static class IlBlocks
{
    /// <summary>Blocks in order of their offsets.</summary>
    public static IReadOnlyList<IlBlock> Of(MethodDefinition method)
    {
        var starts = new HashSet<Instruction> { method.Body.Instructions[0] };
        foreach (Instruction instruction in method.Body.Instructions)
        {
            starts.UnionWith(Targets(instruction));
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw && instruction.Next is { } next)
                starts.Add(next);
        }

        var blocks = new List<IlBlock>();
        var steps = new List<IlStep>();
        var kinds = new IlStack(method);
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (starts.Contains(instruction))
            {
                kinds.Enter(instruction);
                steps = [];
                blocks.Add(new IlBlock(instruction, steps));
            }

            steps.Add(kinds.Run(instruction));
            foreach (Instruction target in Targets(instruction))
                kinds.Leave(target);
            if (instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw) && instruction.Next is { } following && starts.Contains(following))
                kinds.Leave(following);
        }

        return blocks;
    }

    private static Instruction[] Targets(Instruction instruction) =>
        instruction.Operand as Instruction[] ?? (instruction.Operand is Instruction one ? [one] : []);
}

/// <summary>One basic block.</summary>
/// <param name="Start">Its first instruction.</param>
/// <param name="Steps">All of them.</param>
public sealed record IlBlock(Instruction Start, IReadOnlyList<IlStep> Steps)
{
    /// <summary>As the compiler's cost data writes it.</summary>
    public string Text => string.Join(' ', Steps.Select(step => step.Text));
}
