using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels;

/// <summary>Collects the body of a layer's method: calls under the bits of their tasks.</summary>
/// <param name="part">For names.</param>
/// <param name="takesCodes">The layer reads the caller's codes.</param>
/// <param name="takesTasks">Some of it depends on the tasks asked for.</param>
/// <param name="takesOffset">The caller says where its codes begin.</param>
internal sealed class LayerCodeBuilder(PartIdentity part, bool takesCodes, bool takesTasks, bool takesOffset = false)
{
    private readonly List<Statement> body = [];
    private readonly List<AssembledMethod> methods = [];
    private readonly List<KernelRun> runs = [];

    /// <summary>For names.</summary>
    public PartIdentity Part { get; } = part;

    /// <summary>The caller's codes.</summary>
    public Expression Codes { get; } = new Argument("codes", 0, IlType.Bytes);

    /// <summary>Where they begin.</summary>
    public Expression Offset { get; } = new Argument("offset", 1, IlType.Int);

    /// <summary>The tasks asked for.</summary>
    public Expression Tasks { get; } = new Argument("tasks", (takesCodes ? 1 : 0) + (takesOffset ? 1 : 0), IlType.Int);

    /// <summary>An empty line between steps.</summary>
    public void Blank()
    {
        if (body.Count > 0)
            body.Add(new Blank());
    }

    /// <summary>A comment line.</summary>
    public void Comment(string text) => body.Add(new Comment(text));

    /// <summary>Calls a copied kernel.</summary>
    public void Kernel(int mask, KernelTally tally, string name, params (string Name, Expression Value)[] arguments)
    {
        runs.Add(new KernelRun(name, mask, CopiedSections.Section(name).CallCost + tally.Cost));
        Guarded(mask, Call.Kernel(name, arguments));
    }

    /// <summary>Calls a method of this model's own.</summary>
    public void Method(int mask, AssembledMethod method)
    {
        methods.Add(method);
        ValueArray<IlType> variables = method.Method.Parameters.Where(parameter => parameter.IsVariable).Select(parameter => parameter.Type).ToValueArray();
        ValueArray<Expression> arguments = method.Method.Parameters.Count > variables.Count ? ValueArray.Of(Tasks) : ValueArray<Expression>.Empty;
        Guarded(mask, new Call(method.Method.Name, arguments, ValueArray<string>.Empty, variables));
    }

    /// <summary>What is added happens where two ints are equal: once in so many runs.</summary>
    public void OneIn(int times, Expression left, Expression right, Action add)
    {
        int statements = body.Count, first = runs.Count;
        add();
        ValueArray<Statement> inside = body.Skip(statements).ToValueArray();
        body.RemoveRange(statements, body.Count - statements);
        body.Add(new IfEqual(left, right, times == 1 ? 1 : 0, inside));
        for (int run = first; run < runs.Count; run++)
            runs[run] = runs[run] with { Weighted = runs[run].Weighted / times };
    }

    /// <summary>What was collected, as a method.</summary>
    public LayerCode Build(string name)
    {
        IEnumerable<Argument> parameters = new[] { takesCodes ? (Argument)Codes : null, takesOffset ? (Argument)Offset : null, takesTasks ? (Argument)Tasks : null }.OfType<Argument>();
        return new LayerCode(
            AssembledMethod.Of(new Method(name, parameters.ToValueArray(), body.ToValueArray(), ValueArray<string>.Empty)), methods.ToValueArray(), runs.ToValueArray());
    }

    private void Guarded(int mask, Call call)
    {
        if (mask == 0)
            body.Add(call);
        else if (body.Count > 0 && body[body.Count - 1] is IfAsked open && open.Mask == mask)
            body[body.Count - 1] = open with { Body = open.Body.Append(call).ToValueArray() };
        else
            body.Add(new IfAsked(Tasks, mask, Part.MaskName(mask), ValueArray.Of<Statement>(call)));
    }
}
