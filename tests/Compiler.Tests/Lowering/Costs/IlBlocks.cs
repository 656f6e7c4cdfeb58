using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AdapterCompiler.Tests.Lowering.Costs;

/// <summary>The basic blocks of a compiled method: instructions that run together or not at all, calls apart, in the notation of the compiler's cost data.</summary>
internal static class IlBlocks
{
    /// <summary>Blocks in order of their offsets.</summary>
    public static IReadOnlyList<IReadOnlyList<Instruction>> Of(MethodDefinition method)
    {
        var starts = new HashSet<int> { 0 };
        foreach (Instruction instruction in method.Body.Instructions)
        {
            foreach (Instruction target in instruction.Operand as Instruction[] ?? (instruction.Operand is Instruction one ? [one] : []))
                starts.Add(target.Offset);
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw && instruction.Next is { } next)
                starts.Add(next.Offset);
        }

        var blocks = new List<List<Instruction>>();
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (starts.Contains(instruction.Offset))
                blocks.Add([]);
            blocks[^1].Add(instruction);
        }

        return blocks;
    }

    /// <summary>A block as the compiler's cost data writes it.</summary>
    public static string Text(IReadOnlyList<Instruction> block, MethodDefinition method)
    {
        var stack = new Stack<string>();
        return string.Join(' ', block.Select(instruction => Text(instruction, method, stack)));
    }

    private static string Text(Instruction instruction, MethodDefinition method, Stack<string> stack)
    {
        string name = instruction.OpCode.Name;
        if (instruction.Operand is MethodReference called)
        {
            MethodDefinition definition = called.Resolve();
            for (int i = 0; i < called.Parameters.Count; i++)
                stack.TryPop(out _);
            bool returns = called.ReturnType.MetadataType != MetadataType.Void;
            if (returns)
                stack.Push(Kind(called.ReturnType));
            return string.Create(CultureInfo.InvariantCulture, $"call:{called.Parameters.Count}:{definition.Body.Variables.Count}:{(returns ? "value" : "void")}");
        }

        int pops = Pops(instruction.OpCode.StackBehaviourPop, stack.Count);
        // What a block before left on the stack is a condition's Int32.
        string[] popped = [.. Enumerable.Range(0, pops).Select(_ => stack.TryPop(out string? kind) ? kind : "")];
        string left = popped.Length > 0 ? popped[^1] : "";
        string own = Variable(instruction, method) ?? left;
        if (name == "dup")
            stack.Push(left);
        foreach (string pushed in Pushes(instruction, own))
            stack.Push(pushed);
        bool matters = name.StartsWith("ld", StringComparison.Ordinal) || name.StartsWith("st", StringComparison.Ordinal)
            ? Variable(instruction, method) is not null
            : own != ":ref";
        return matters ? name + own : name;
    }

    private static int Pops(StackBehaviour behaviour, int all) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popref_popi or StackBehaviour.Popref_pop1 => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 => 3,
        StackBehaviour.Varpop => Math.Min(all, 1),
        _ => throw new NotSupportedException(behaviour.ToString()),
    };

    private static IEnumerable<string> Pushes(Instruction instruction, string own) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => [],
        StackBehaviour.Push1_push1 => [own],
        StackBehaviour.Pushi8 => [":i8"],
        StackBehaviour.Pushref => [":ref"],
        StackBehaviour.Push1 => [own],
        _ => [""],
    };

    // The declared kind of what a load or store names.
    private static string? Variable(Instruction instruction, MethodDefinition method)
    {
        if (instruction.Operand is FieldReference field)
            return Kind(field.FieldType);
        string name = instruction.OpCode.Name;
        if (name.StartsWith("ldloc", StringComparison.Ordinal) || name.StartsWith("stloc", StringComparison.Ordinal))
            return Kind(instruction.Operand is VariableDefinition variable ? variable.VariableType : method.Body.Variables[name[^1] - '0'].VariableType);
        if (name.StartsWith("ldarg", StringComparison.Ordinal) || name.StartsWith("starg", StringComparison.Ordinal))
            return Kind(instruction.Operand is ParameterDefinition parameter ? parameter.ParameterType : method.Parameters[name[^1] - '0'].ParameterType);
        return null;
    }

    private static string Kind(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Int32 => "",
        MetadataType.Int64 => ":i8",
        MetadataType.Array or MetadataType.String or MetadataType.Class or MetadataType.Object => ":ref",
        MetadataType.Boolean => ":u1",
        _ => throw new NotSupportedException(type.FullName),
    };
}
