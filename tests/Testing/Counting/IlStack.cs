using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Targets;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AdapterCompiler.Testing.Counting;

/// <summary>Follows the kinds on the evaluation stack through a method: the cost of arithmetic depends on its left operand.</summary>
internal sealed class IlStack(MethodDefinition method)
{
    private readonly Dictionary<Instruction, OperandKind[]> entries = [];
    private Stack<OperandKind> stack = new();

    /// <summary>A block starts: with what a branch to it, or the block before, left.</summary>
    public void Enter(Instruction start) => stack = new Stack<OperandKind>(entries.GetValueOrDefault(start, []));

    /// <summary>A block ends and may go on at a target.</summary>
    public void Leave(Instruction target) => entries.TryAdd(target, [.. stack.Reverse()]);

    /// <summary>One instruction.</summary>
    public IlStep Run(Instruction instruction)
    {
        string name = instruction.OpCode.Name;
        if (instruction.Operand is MethodReference called)
            return Call(name, called);

        OperandKind? variable = Variable(instruction);
        int pops = Pops(instruction.OpCode.StackBehaviourPop);
        OperandKind left = OperandKind.Int32;
        for (int i = 0; i < pops; i++)
            left = stack.Pop();
        OperandKind own = variable ?? left;
        foreach (OperandKind pushed in Pushes(instruction.OpCode.StackBehaviourPush, OnStack(own)))
            stack.Push(pushed);
        bool matters = name.StartsWith("ld", StringComparison.Ordinal) || name.StartsWith("st", StringComparison.Ordinal)
            ? variable is not null
            : own != OperandKind.Reference;
        return new IlStep(name, matters ? own : OperandKind.Int32, null);
    }

    private IlStep Call(string name, MethodReference called)
    {
        if (called.HasThis)
            throw new NotSupportedException("an instance method is called: " + called.FullName);
        for (int i = 0; i < called.Parameters.Count; i++)
            stack.Pop();
        bool returns = called.ReturnType.MetadataType != MetadataType.Void;
        if (returns)
            stack.Push(OnStack(Kind(called.ReturnType)));
        MethodDefinition? definition = called as MethodDefinition;
        return new IlStep(name, OperandKind.Int32, new CallShape(
            called.Name, called.Parameters.Count, definition?.Body.Variables.Count ?? 0, returns, IsNative: definition is null));
    }

    private int Pops(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popref_popi or StackBehaviour.Popref_pop1
            or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        StackBehaviour.Varpop => Math.Min(stack.Count, 1),
        _ => throw new NotSupportedException(behaviour.ToString()),
    };

    private static OperandKind[] Pushes(StackBehaviour behaviour, OperandKind own) => behaviour switch
    {
        StackBehaviour.Push0 => [],
        StackBehaviour.Push1 => [own],
        StackBehaviour.Push1_push1 => [own, own],
        StackBehaviour.Pushi => [OperandKind.Int32],
        StackBehaviour.Pushi8 => [OperandKind.Int64],
        StackBehaviour.Pushr4 => [OperandKind.Float32],
        StackBehaviour.Pushr8 => [OperandKind.Float64],
        StackBehaviour.Pushref => [OperandKind.Reference],
        _ => throw new NotSupportedException(behaviour.ToString()),
    };

    // The declared kind of what a load or store names.
    private OperandKind? Variable(Instruction instruction)
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

    private static OperandKind OnStack(OperandKind kind) =>
        kind is OperandKind.UInt8 or OperandKind.Int8 or OperandKind.Int16 ? OperandKind.Int32 : kind;

    private static OperandKind Kind(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Int32 => OperandKind.Int32,
        MetadataType.Int64 => OperandKind.Int64,
        MetadataType.Single => OperandKind.Float32,
        MetadataType.Double => OperandKind.Float64,
        MetadataType.Boolean or MetadataType.Byte or MetadataType.Char => OperandKind.UInt8,
        MetadataType.SByte => OperandKind.Int8,
        MetadataType.Int16 or MetadataType.UInt16 => OperandKind.Int16,
        MetadataType.Array or MetadataType.String or MetadataType.Class or MetadataType.Object => OperandKind.Reference,
        _ => throw new NotSupportedException(type.FullName),
    };
}
