using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

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
    private readonly IlWriter il = new();
    private readonly OperandIl operands;

    private IlAssembler(ValueArray<Statement> body) =>
        operands = new OperandIl(il, Leaves.ArraysOnStack(body).ToDictionary(array => array.Key, array => array.Value, StringComparer.Ordinal));

    /// <summary>The figures of one method.</summary>
    public static MethodFigures Assemble(Method method)
    {
        var assembler = new IlAssembler(method.Body);
        assembler.Add(method.Body);
        if (method.Returns == IlType.Void)
            assembler.il.Emit("ret", 1, 0);
        (Instruction[] instructions, int longest) = BranchLayout.Resolve(assembler.il.Items);
        IReadOnlyCollection<IlType> locals = assembler.operands.Locals;
        int signatures = Signatures.Method(Signatures.Of(method.Returns), [.. method.Parameters.Select(parameter => Signatures.Of(parameter.Type))])
            + Signatures.Locals([.. locals.Select(Signatures.Of)]);
        return new MethodFigures(
            instructions.ToValueArray(), locals.Count, method.Parameters.Count, assembler.il.Deepest, longest, signatures, ReturnsValue: method.Returns != IlType.Void);
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
                operands.Push(left.Value);
                operands.Leave((Local)left.Target);
            }
            else
            {
                Add(statements[i]);
                operands.Leave(null);
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
                operands.Push(assign.Value);
                operands.Pop(assign.Target);
                break;
            case Assign { Target: Local array } assign when operands.StaysOnStack(array):
                operands.Push(assign.Value);
                break;
            case Assign { Target: Local } assign:
                operands.Push(assign.Value);
                operands.Pop(assign.Target);
                break;
            case Assign { Target: StaticField } assign:
                operands.Push(assign.Value);
                il.EmitToken("stsfld", -1);
                break;
            case Assign { Target: Element element } assign:
                operands.Push(element.Array);
                operands.Push(element.Index);
                operands.Push(assign.Value);
                il.Emit(Mnemonics.Element("stelem", element.Array.Type), 1, -3);
                break;
            case Declare declare:
                operands.Slot(declare.Local);
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
            case IfBelow conditional:
                AddUnless("bge", conditional.Left, conditional.Limit, conditional.Times, conditional.Body);
                break;
            case IfAny conditional:
                AddUnless("brfalse", conditional.Value, null, conditional.Times, conditional.Body);
                break;
            case IfEqual conditional:
                Add(conditional);
                break;
            case IfAsked guard:
                Add(guard);
                break;
            case Call call:
                operands.Call(call.Arguments.Concat(call.Variables.Select(variable => new Literal(0, variable))), 0);
                break;
            case Refuse refuse:
                Add(refuse);
                break;
            case Return result:
                operands.Push(result.Value);
                il.Emit("ret", 1, -1);
                break;
        }
    }

    private void Add(For loop)
    {
        var body = new IlWriter.Label();
        var condition = new IlWriter.Label();
        Add(new Assign(loop.Variable, Expressions.Int(loop.First)));
        il.Branch("br", condition, il.Times, 0);
        il.Mark(body);
        long outer = il.Times;
        il.Times *= loop.Trips;
        Add(loop.Body);
        Add(new Assign(loop.Variable, loop.Variable.Plus(Expressions.Int(loop.Step))));
        il.Times = outer * (loop.Trips + 1);
        il.Mark(condition);
        operands.Push(loop.Variable);
        operands.Push(Expressions.Int(loop.End));
        il.Times = outer;
        il.Branch("blt", body, outer * (loop.Trips + 1), -2);
    }

    private void Add(DoWhile loop)
    {
        var body = new IlWriter.Label();
        il.Mark(body);
        long outer = il.Times;
        il.Times *= loop.Trips;
        Add(loop.Body);
        operands.Push(loop.Condition);
        il.Times = outer;
        il.Branch("brtrue", body, outer * loop.Trips, -1);
    }

    private void Add(IfAbove conditional) => AddUnless("ble", conditional.Left, Expressions.Int(conditional.Limit), conditional.Times, conditional.Body);

    // What is compared with 0 is the branch's own condition.
    private void Add(IfEqual conditional)
    {
        bool isZero = conditional.Right is Literal { Value: 0 };
        AddUnless(isZero ? "brtrue" : "bne.un", conditional.Left, isZero ? null : conditional.Right, conditional.Times, conditional.Body);
    }

    // The trip count of the innermost loop is in "times"; the body runs in a known share of them.
    private void AddUnless(string skips, Expression left, Expression? right, int times, ValueArray<Statement> body)
    {
        var end = new IlWriter.Label();
        operands.Push(left);
        if (right is not null)
            operands.Push(right);
        long outer = il.Times;
        il.Branch(skips, end, outer, right is null ? -1 : -2);
        il.Times = times;
        Add(body);
        il.Times = outer;
        il.Mark(end);
    }

    private void Add(IfAsked guard)
    {
        var end = new IlWriter.Label();
        operands.Push(guard.Flags);
        operands.Push(Expressions.Int(guard.Mask));
        il.Emit("and", 1, -1);
        il.Branch("brfalse", end, il.Times, -1);
        int outer = il.Asked;
        il.Asked = guard.Mask;
        Add(guard.Body);
        il.Asked = outer;
        il.Mark(end);
    }

    // As the C# compiler has it: the last condition jumps over the body where it does not hold, those before it into the body where they do.
    private void Add(Refuse refuse)
    {
        var body = new IlWriter.Label();
        var end = new IlWriter.Label();
        for (int i = 0; i < refuse.Conditions.Count; i++)
        {
            Comparison condition = refuse.Conditions[i];
            bool isLast = i == refuse.Conditions.Count - 1, jumpsWhereEqual = condition.IsEqual != isLast;
            operands.Push(condition.Left);
            bool isZero = condition.Right is null or Literal { Value: 0 };
            if (!isZero)
                operands.Push(condition.Right!);
            string kind = isZero ? jumpsWhereEqual ? "brfalse" : "brtrue" : jumpsWhereEqual ? "beq" : "bne.un";
            il.Branch(kind, isLast ? end : body, il.Times, isZero ? -1 : -2);
        }

        long outer = il.Times;
        il.Times = 0;
        il.Mark(body);
        Add(refuse.Body);
        il.Mark(end);
        il.Times = outer;
    }
}
