using System;
using System.Collections.Generic;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>Instructions of expressions: what is pushed, and from where.</summary>
/// <param name="il">Takes them.</param>
/// <param name="arrays">Array locals that stay on the evaluation stack (<see cref="Leaves.ArraysOnStack"/>), with the reads that are left of each.</param>
internal sealed class OperandIl(IlWriter il, Dictionary<string, int> arrays)
{
    private readonly Dictionary<string, (int Slot, IlType Type)> locals = new(StringComparer.Ordinal);
    private Local? onStack;
    private bool isDuplicate;

    /// <summary>Types of the locals that have a slot.</summary>
    public IReadOnlyCollection<IlType> Locals => [.. Types()];

    /// <summary>The next statement reads this local from the evaluation stack, where its value was left; null for none.</summary>
    public void Leave(Local? local) => (onStack, isDuplicate) = (local, false);

    /// <summary>The local stays on the evaluation stack.</summary>
    public bool StaysOnStack(Local local) => arrays.ContainsKey(local.Name);

    /// <summary>Pushes the value of an expression.</summary>
    public void Push(Expression expression)
    {
        switch (expression)
        {
            case Literal literal:
                Push(literal);
                break;
            case Local local when local == onStack:
                if (isDuplicate)
                    il.Emit("dup", 1, 1);
                isDuplicate = true;
                break;
            case Local local when arrays.TryGetValue(local.Name, out int reads):
                // Duplicated for every read but the last.
                arrays[local.Name] = reads - 1;
                if (reads > 1)
                    il.Emit("dup", 1, 1, Mnemonics.Kind(local.Type));
                break;
            case Local local:
                Emit("ldloc", Slot(local), 1, local.Type);
                break;
            case Argument argument:
                Emit("ldarg", argument.Index, 1, argument.Type);
                break;
            case StaticField field:
                il.EmitToken("ldsfld", 1, Mnemonics.Kind(field.Type));
                break;
            case Element element:
                Push(element.Array);
                Push(element.Index);
                il.Emit(Mnemonics.Element("ldelem", element.Array.Type), 1, -1);
                break;
            case Binary binary:
                Push(binary.Left);
                Push(binary.Right);
                // The C# compiler masks a shift count that it does not know.
                if (binary.Operator is Operator.ShiftLeft or Operator.ShiftRight && binary.Right is not Literal)
                {
                    Push(Expressions.Int(binary.Type == IlType.Long ? 63 : 31));
                    il.Emit("and", 1, -1);
                }

                il.Emit(Mnemonics.Of(binary.Operator), 1, -1, Mnemonics.Kind(binary.Type));
                break;
            case Kept kept:
                Push(kept.Value);
                il.Emit("dup", 1, 1, Mnemonics.Kind(kept.Type));
                Pop(kept.Variable);
                break;
            case Not not:
                Push(not.Operand);
                il.Emit("not", 1, 0, Mnemonics.Kind(not.Type));
                break;
            case Conversion convert:
                Push(convert.Operand);
                il.Emit(Mnemonics.Of(convert), 1, 0, Mnemonics.Kind(convert.Operand.Type));
                break;
            case Constant constant:
                Push(Expressions.Int(constant.Value));
                break;
            case Length length:
                Push(length.Array);
                il.Emit("ldlen", 1, 0);
                il.Emit("conv.i4", 1, 0);
                break;
            case Result result:
                Call(result.Arguments, 1);
                break;
            case PropertyValue property:
                Call([], 1);
                break;
            case NewArray or Numbers or Texts:
                ArrayIl.Push(il, expression);
                break;
            default:
                throw new ArgumentException($"no instructions are known for {expression.GetType().Name}", nameof(expression));
        }
    }

    /// <summary>Pops into a parameter or a local.</summary>
    public void Pop(Expression variable)
    {
        if (variable is Argument argument)
        {
            Emit("starg", argument.Index, -1, argument.Type);
            return;
        }

        Emit("stloc", Slot((Local)variable), -1, variable.Type);
    }

    private void Emit(string opcode, int index, int stack, IlType type)
    {
        (string form, int bytes) = Mnemonics.Indexed(opcode, index);
        il.Emit(form, bytes, stack, Mnemonics.Kind(type));
        // The C# compiler writes such a number with two bytes too many, which are instructions.
        for (int i = 0; bytes == Mnemonics.LongForm && i < 2; i++)
            il.Emit("nop", 1, 0);
    }

    /// <summary>Calls a static method.</summary>
    public void Call(IEnumerable<Expression> arguments, int results)
    {
        int count = 0;
        foreach (Expression argument in arguments)
        {
            Push(argument);
            count++;
        }

        il.EmitToken("call", results - count);
    }

    private void Push(Literal literal)
    {
        if (literal.Type == IlType.Long && literal.Value is < int.MinValue or > int.MaxValue)
        {
            if (literal.IsUnsigned())
                throw new ArgumentException("a long constant of 0x80000000 to 0xFFFFFFFF is unsigned on the device (docs/interpreter.md)", nameof(literal));
            il.Emit("ldc.i8", 9, 1);
            return;
        }

        (string name, int bytes) = Mnemonics.Constant((int)literal.Value);
        il.Emit(name, bytes, 1);
        if (literal.Type == IlType.Long)
            il.Emit("conv.i8", 1, 0);
    }

    /// <summary>The slot of a local, the next one where it is new.</summary>
    public int Slot(Local local)
    {
        if (!locals.TryGetValue(local.Name, out (int Slot, IlType Type) known))
            locals.Add(local.Name, known = (locals.Count, local.Type));
        return known.Slot;
    }

    private IEnumerable<IlType> Types()
    {
        foreach ((int _, IlType type) in locals.Values)
            yield return type;
    }
}
