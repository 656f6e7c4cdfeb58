using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>What statements read, in the order in which it is pushed.</summary>
internal static class Leaves
{
    /// <summary>Literals, variables and fields of an expression.</summary>
    public static IReadOnlyList<Expression> Of(Expression expression)
    {
        var leaves = new List<Expression>();
        Add(expression, leaves);
        return leaves;
    }

    /// <summary>Of a statement without a body; the first is pushed while the evaluation stack is empty.</summary>
    public static IReadOnlyList<Expression> Of(Statement statement)
    {
        var leaves = new List<Expression>();
        if (statement is Assign assign)
        {
            if (assign.Target is Element)
                Add(assign.Target, leaves);
            Add(assign.Value, leaves);
        }
        else if (statement is Call call)
        {
            foreach (Expression argument in call.Arguments)
                Add(argument, leaves);
        }

        return leaves;
    }

    private static void Add(Expression expression, List<Expression> leaves)
    {
        switch (expression)
        {
            case Binary binary:
                Add(binary.Left, leaves);
                Add(binary.Right, leaves);
                break;
            case Conversion convert:
                Add(convert.Operand, leaves);
                break;
            case Kept kept:
                Add(kept.Value, leaves);
                break;
            case Not not:
                Add(not.Operand, leaves);
                break;
            case Length length:
                Add(length.Array, leaves);
                break;
            case Element element:
                Add(element.Array, leaves);
                Add(element.Index, leaves);
                break;
            default:
                leaves.Add(expression);
                break;
        }
    }

    /// <summary>
    /// Array locals that the C# compiler keeps on the evaluation stack, duplicated for every read but the
    /// last: those that no branch follows, and that are only ever the first thing that a statement pushes. The value is the number of reads. Their lives must be nested or
    /// apart, else the compiler would keep one of them only; the trees see to that.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, int>> ArraysOnStack(ValueArray<Statement> body)
    {
        Statement[] straight = [.. body.Reverse().TakeWhile(statement => statement is not (For or DoWhile or IfAbove or IfBelow or IfAny or IfEqual or IfAsked or Refuse)).Reverse()];
        var reads = new Dictionary<string, int>(StringComparer.Ordinal);
        var deep = new HashSet<string>(StringComparer.Ordinal);
        foreach (Statement statement in straight)
        {
            bool first = true;
            foreach (Expression leaf in Of(statement))
            {
                if (leaf is Local local)
                {
                    reads[local.Name] = reads.TryGetValue(local.Name, out int before) ? before + 1 : 1;
                    if (!first)
                        deep.Add(local.Name);
                }

                first = false;
            }
        }

        foreach (Local array in straight.OfType<Assign>().Where(assign => assign.Declares).Select(assign => assign.Target).OfType<Local>())
        {
            if (array.Type is IlType.Bytes or IlType.Ints or IlType.Longs && reads.TryGetValue(array.Name, out int count) && !deep.Contains(array.Name))
                yield return new KeyValuePair<string, int>(array.Name, count);
        }
    }
}
