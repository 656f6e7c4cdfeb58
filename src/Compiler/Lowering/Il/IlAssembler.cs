using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Il;

/// <summary>
/// Makes of a method's tree the instructions that the C# compiler (optimised) makes of its text. A test compiles random methods and
/// compares them instruction by instruction, so a figure of this class is a fact, not an estimate.
/// </summary>
/// <remarks>
/// The C# compiler keeps a local that is written and read just once on the evaluation stack instead. Trees do not hold such locals
/// (they nest the expression), so that every local here is a local there. Arrays are the exception: see <see cref="Leaves.ArraysOnStack"/>.
/// </remarks>
public sealed class IlAssembler
{
    /// <summary>An opcode and a token, in the file.</summary>
    internal const int TokenBytes = 5;

    /// <summary>The same, and a long branch, on the device.</summary>
    internal const int DeviceTokenBytes = 3;

    private readonly Dictionary<string, (int Slot, IlType Type)> locals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> arrays = new(StringComparer.Ordinal);
    private readonly List<Item> items = [];
    private Local? onStack;
    private bool isDuplicate;
    private long times = 1;
    private int asked;
    private int depth;
    private int deepest;

    private IlAssembler()
    {
    }

    /// <summary>The figures of one method.</summary>
    public static MethodFigures Assemble(Method method)
    {
        var assembler = new IlAssembler();
        foreach (KeyValuePair<string, int> array in Leaves.ArraysOnStack(method.Body))
            assembler.arrays.Add(array.Key, array.Value);
        assembler.Add(method.Body);
        assembler.Emit("ret", 1, 0);
        (Instruction[] instructions, int longest) = BranchLayout.Resolve(assembler.items);
        int signatures = Signatures.Method(Signatures.Simple, [.. method.Parameters.Select(parameter => Signatures.Of(parameter.Type))])
            + Signatures.Locals([.. assembler.locals.Values.Select(local => Signatures.Of(local.Type))]);
        return new MethodFigures(instructions.ToValueArray(), assembler.locals.Count, method.Parameters.Count, assembler.deepest, longest, signatures);
    }

    private void Add(ValueArray<Statement> statements)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            // What is left on the stack may itself be what the next one starts with, and so on.
            bool isLeft = i + 1 < statements.Count && statements[i] is Assign { Declares: true, Target: Local } assign
                && statements[i + 1] is Assign { Target: not Element } next && ReadsTwiceAtOnce(next.Value, (Local)assign.Target);
            if (isLeft)
            {
                var left = (Assign)statements[i];
                Push(left.Value);
                (onStack, isDuplicate) = ((Local)left.Target, false);
            }
            else
            {
                Add(statements[i]);
                onStack = null;
            }
        }
    }

    /// <summary>
    /// A local that is written once, and read by the next statement as its first two operands: the C# compiler leaves the value on the
    /// stack for the first and duplicates it for the second.
    /// </summary>
    private static bool ReadsTwiceAtOnce(Expression value, Local local)
    {
        Expression[] leaves = Leaves.Of(value).Take(2).ToArray();
        return leaves.Length == 2 && leaves[0] == local && leaves[1] == local;
    }

    private void Add(Statement statement)
    {
        switch (statement)
        {
            case Assign { Target: Argument } assign:
                Push(assign.Value);
                Pop(assign.Target);
                break;
            case Assign { Target: Local array } assign when arrays.ContainsKey(array.Name):
                Push(assign.Value);
                break;
            case Assign { Target: Local } assign:
                Push(assign.Value);
                Pop(assign.Target);
                break;
            case Assign { Target: Element element } assign:
                Push(element.Array);
                Push(element.Index);
                Push(assign.Value);
                Emit(Mnemonics.Element("stelem", element.Array.Type), 1, -3);
                break;
            case Declare declare:
                Slot(declare.Local);
                break;
            case For loop:
                Add(loop);
                break;
            case DoWhile loop:
                Add(loop);
                break;
            case IfAbove conditional:
                Add(conditional);
                break;
            case IfEqual conditional:
                Add(conditional);
                break;
            case IfAsked guard:
                Add(guard);
                break;
            case Call call:
                foreach (Expression argument in call.Arguments)
                    Push(argument);
                foreach (IlType variable in call.Variables)
                    Push(new Literal(0, variable));
                Emit("call", TokenBytes, -call.Arguments.Count - call.Variables.Count);
                break;
        }
    }

    private void Add(For loop)
    {
        var body = new Label();
        var condition = new Label();
        Add(new Assign(loop.Variable, Expressions.Int(loop.First)));
        Branch("br", condition, taken: 1, fallen: 0, 0);
        items.Add(body);
        long outer = times;
        times *= loop.Trips;
        Add(loop.Body);
        Add(new Assign(loop.Variable, loop.Variable.Plus(Expressions.Int(loop.Step))));
        times = outer * (loop.Trips + 1);
        items.Add(condition);
        Push(loop.Variable);
        Push(Expressions.Int(loop.End));
        times = outer;
        Branch("blt", body, taken: loop.Trips, fallen: 1, -2);
    }

    private void Add(DoWhile loop)
    {
        var body = new Label();
        items.Add(body);
        long outer = times;
        times *= loop.Trips;
        Add(loop.Body);
        Push(loop.Condition);
        times = outer;
        Branch("brtrue", body, taken: loop.Trips - 1, fallen: 1, -1);
    }

    private void Add(IfAbove conditional)
    {
        var end = new Label();
        Push(conditional.Left);
        Push(Expressions.Int(conditional.Limit));
        long outer = times;
        Branch("ble", end, taken: outer - conditional.Times, fallen: conditional.Times, -2, absolute: true);
        times = conditional.Times;
        Add(conditional.Body);
        times = outer;
        items.Add(end);
    }

    private void Add(IfEqual conditional)
    {
        var end = new Label();
        Push(conditional.Left);
        Push(conditional.Right);
        long outer = times;
        // The trip count of the innermost loop is in "times"; the body runs in a known share of them.
        Branch("bne.un", end, taken: outer - conditional.Times, fallen: conditional.Times, -2, absolute: true);
        times = conditional.Times;
        Add(conditional.Body);
        times = outer;
        items.Add(end);
    }

    private void Add(IfAsked guard)
    {
        var end = new Label();
        Push(guard.Flags);
        Push(Expressions.Int(guard.Mask));
        Emit("and", 1, -1);
        Branch("brfalse", end, taken: 0, fallen: 1, -1);
        int outer = asked;
        asked = guard.Mask;
        Add(guard.Body);
        asked = outer;
        items.Add(end);
    }

    private void Push(Expression expression)
    {
        switch (expression)
        {
            case Literal literal:
                PushLiteral(literal);
                break;
            case Local local when local == onStack:
                if (isDuplicate)
                    Emit("dup", 1, 1);
                isDuplicate = true;
                break;
            case Local local when arrays.TryGetValue(local.Name, out int reads):
                // Duplicated for every read but the last.
                arrays[local.Name] = reads - 1;
                if (reads > 1)
                    Emit("dup", 1, 1, Mnemonics.Kind(local.Type));
                break;
            case Local local:
                int slot = Slot(local);
                Emit(Mnemonics.Indexed("ldloc", slot), slot < 4 ? 1 : 2, 1, Mnemonics.Kind(local.Type));
                break;
            case Argument argument:
                Emit(Mnemonics.Indexed("ldarg", argument.Index), argument.Index < 4 ? 1 : 2, 1, Mnemonics.Kind(argument.Type));
                break;
            case StaticField field:
                Emit("ldsfld", TokenBytes, 1, Mnemonics.Kind(field.Type));
                break;
            case Element element:
                Push(element.Array);
                Push(element.Index);
                Emit(Mnemonics.Element("ldelem", element.Array.Type), 1, -1);
                break;
            case Binary binary:
                Push(binary.Left);
                Push(binary.Right);
                // The C# compiler masks a shift count that it does not know.
                if (binary.Operator is Operator.ShiftLeft or Operator.ShiftRight && binary.Right is not Literal)
                {
                    Push(Expressions.Int(binary.Type == IlType.Long ? 63 : 31));
                    Emit("and", 1, -1);
                }

                Emit(Mnemonics.Of(binary.Operator), 1, -1, Mnemonics.Kind(binary.Type));
                break;
            case Kept kept:
                Push(kept.Value);
                Emit("dup", 1, 1, Mnemonics.Kind(kept.Type));
                Pop(kept.Variable);
                break;
            case Not not:
                Push(not.Operand);
                Emit("not", 1, 0, Mnemonics.Kind(not.Type));
                break;
            case Convert convert:
                Push(convert.Operand);
                Emit(Mnemonics.Of(convert), 1, 0, Mnemonics.Kind(convert.Operand.Type));
                break;
            default:
                throw new ArgumentException($"no instructions are known for {expression.GetType().Name}", nameof(expression));
        }
    }

    // Into a parameter or a local.
    private void Pop(Expression variable)
    {
        if (variable is Argument argument)
        {
            Emit("starg.s", 2, -1, Mnemonics.Kind(argument.Type));
            return;
        }

        int slot = Slot((Local)variable);
        Emit(Mnemonics.Indexed("stloc", slot), slot < 4 ? 1 : 2, -1, Mnemonics.Kind(variable.Type));
    }

    private void PushLiteral(Literal literal)
    {
        if (literal.Type == IlType.Long && literal.Value is < int.MinValue or > int.MaxValue)
        {
            if (literal.IsUnsigned())
                throw new ArgumentException("a long constant of 0x80000000 to 0xFFFFFFFF is unsigned on the device (design/nanoclr.md)", nameof(literal));
            Emit("ldc.i8", 9, 1);
            return;
        }

        (string name, int bytes) = literal.Value switch
        {
            -1 => ("ldc.i4.m1", 1),
            >= 0 and <= 8 => ("ldc.i4." + literal.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), 1),
            >= sbyte.MinValue and <= sbyte.MaxValue => ("ldc.i4.s", 2),
            _ => ("ldc.i4", 5),
        };
        Emit(name, bytes, 1);
        if (literal.Type == IlType.Long)
            Emit("conv.i8", 1, 0);
    }

    private int Slot(Local local)
    {
        if (!locals.TryGetValue(local.Name, out (int Slot, IlType Type) known))
            locals.Add(local.Name, known = (locals.Count, local.Type));
        return known.Slot;
    }

    private void Emit(string opcode, int bytes, int stack, OperandKind operand = OperandKind.Int32)
    {
        bool hasToken = opcode is "call" or "ldsfld";
        items.Add(new Plain(new Instruction(opcode, operand, bytes, hasToken ? DeviceTokenBytes : bytes, times, asked)));
        depth += stack;
        deepest = Math.Max(deepest, depth);
    }

    private void Branch(string kind, Label target, long taken, long fallen, int stack, bool absolute = false)
    {
        long scale = absolute ? 1 : times;
        items.Add(new Jump(kind, target, (taken + fallen) * scale, asked));
        depth += stack;
    }

    internal abstract record Item;

    internal sealed record Plain(Instruction Instruction) : Item;

    internal sealed record Jump(string Kind, Label Target, long Times, int Asked) : Item;

    /// <summary>Compared by identity.</summary>
    internal sealed record Label : Item
    {
        public bool Equals(Label? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
