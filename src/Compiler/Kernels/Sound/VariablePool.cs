using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// Variables of one method, used again once their value is not needed: parameters, which cost less than locals to store into, as far as there are any. A first run through the
/// same code tells which values are needed longest: they have locals in the second, so that few stores go there.
/// </summary>
/// <param name="inLocals">What <see cref="InLocals"/> said of the first run.</param>
internal sealed class VariablePool(HashSet<int>? inLocals = null)
{
    private readonly Stack<Expression> freeArguments = new();
    private readonly Stack<Expression> freeLocals = new();

    // In order: a value is taken, or a variable is free, of a value or of none.
    private readonly List<(int Value, bool IsTaken)> events = [];
    private readonly Dictionary<Expression, int> values = [];
    private readonly List<(int Value, string Local)> held = [];
    private int count;

    /// <summary>Locals taken at one time, at most.</summary>
    public int Locals { get; private set; }

    /// <summary>Values that are to have locals: wherever more are needed at a time than there are parameters, the one that is needed longest.</summary>
    /// <param name="except">Values that are to have parameters.</param>
    public HashSet<int> InLocals(HashSet<int> except)
    {
        int[] last = [.. Enumerable.Repeat(int.MaxValue, count)];
        for (int i = 0; i < events.Count; i++)
        {
            if (!events[i].IsTaken && events[i].Value >= 0)
                last[events[i].Value] = i;
        }

        var result = new HashSet<int>();
        var inArguments = new HashSet<int>();
        int arguments = 0;
        foreach ((int value, bool isTaken) in events)
        {
            if (isTaken)
                inArguments.Add(value);
            else if (value < 0)
                arguments++;
            else
                inArguments.Remove(value);
            if (inArguments.Count <= arguments)
                continue;
            int longest = inArguments.OrderBy(each => except.Contains(each)).ThenByDescending(each => last[each]).First();
            inArguments.Remove(longest);
            result.Add(longest);
        }

        return result;
    }

    /// <summary>
    /// Values in locals that a method's statements only ever read first, several times in a row or once: the C# compiler would keep those on the evaluation stack
    /// (<see cref="IlAssembler"/>).
    /// </summary>
    public IEnumerable<int> ReadFirst(IEnumerable<Statement> body)
    {
        var others = new HashSet<string>(body.SelectMany(BehindFirst).OfType<Local>().Select(local => local.Name), StringComparer.Ordinal);
        return held.Where(each => !others.Contains(each.Local)).Select(each => each.Value);
    }

    private static IEnumerable<Expression> BehindFirst(Statement statement)
    {
        IReadOnlyList<Expression> leaves = Leaves.Of(statement);
        return leaves.SkipWhile(leaf => leaf == leaves[0]);
    }

    /// <summary>A variable whose value nobody needs.</summary>
    public Expression Take()
    {
        bool isLocal = inLocals is null ? freeArguments.Count == 0 : inLocals.Contains(count);
        Expression variable = !isLocal ? freeArguments.Pop() : freeLocals.Count > 0 ? freeLocals.Pop() : new Local("t" + Wording.Number(Locals++), IlType.Long);
        if (variable is Local local)
            held.Add((count, local.Name));
        values[variable] = count;
        events.Add((count++, true));
        return variable;
    }

    /// <summary>Its value has been read for the last time.</summary>
    public void Free(Expression variable)
    {
        bool isTaken = values.TryGetValue(variable, out int value);
        values.Remove(variable);
        events.Add((isTaken ? value : -1, false));
        (variable is Argument ? freeArguments : freeLocals).Push(variable);
    }

    /// <summary>Declarations of the locals.</summary>
    public IEnumerable<Statement> Declarations() => Enumerable.Range(0, Locals).Select(i => (Statement)new Declare(new Local("t" + Wording.Number(i), IlType.Long)));
}
