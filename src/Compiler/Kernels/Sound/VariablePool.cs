using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Variables of one method, used again once their value is not needed: parameters first, which cost less than locals to store into.</summary>
internal sealed class VariablePool
{
    private readonly Stack<Expression> freeArguments = new();
    private readonly Stack<Expression> freeLocals = new();

    /// <summary>Locals taken at one time, at most.</summary>
    public int Locals { get; private set; }

    /// <summary>A variable whose value nobody needs.</summary>
    public Expression Take()
    {
        if (freeArguments.Count > 0)
            return freeArguments.Pop();
        return freeLocals.Count > 0 ? freeLocals.Pop() : new Local("t" + Wording.Number(Locals++), IlType.Long);
    }

    /// <summary>Its value has been read for the last time.</summary>
    public void Free(Expression variable) => (variable is Argument ? freeArguments : freeLocals).Push(variable);

    /// <summary>Declarations of the locals.</summary>
    public IEnumerable<Statement> Declarations() => Enumerable.Range(0, Locals).Select(i => (Statement)new Declare(new Local("t" + Wording.Number(i), IlType.Long)));
}
