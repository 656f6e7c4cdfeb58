using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>What the blocks of one method share: the inputs' variables, the target, constants, the variable of their sums.</summary>
/// <param name="target">Local that holds the target array.</param>
/// <param name="place">Index of an output in it.</param>
/// <param name="input">What holds an input.</param>
/// <param name="factors">Factors that are kept in locals.</param>
internal sealed class DenseWriter(Local target, Func<int, Literal> place, Func<int, Expression> input, IReadOnlyDictionary<long, Local> factors)
{
    private readonly SortedDictionary<int, LaneConstants> constants = [];
    private Local? sum;

    /// <summary>What holds an input.</summary>
    public Func<int, Expression> Input { get; } = input;

    /// <summary>A factor: a local or a literal; null for 1.</summary>
    public Expression? Factor(long value) => value == 1 ? null : factors.TryGetValue(value, out Local? local) ? local : Expressions.Long(value);

    /// <summary>Constants of a format.</summary>
    public LaneConstants Constants(LaneFormat format)
    {
        if (!constants.TryGetValue(format.Lanes, out LaneConstants? found))
            constants.Add(format.Lanes, found = new LaneConstants(format, "in" + Wording.Number(format.Lanes)));
        return found;
    }

    /// <summary>The local of the blocks' sums: the same for all.</summary>
    public Local Use(Local local) => sum = local;

    /// <summary>target[output] = value.</summary>
    public Statement Store(OutputProof proof, Expression value) => new Assign(target.At(place(proof.Index)), value);

    /// <summary>Declaration of the sum's local: it comes first, as the one that is read most.</summary>
    public IEnumerable<Statement> SumDeclaration => sum is null ? [] : [new Declare(sum)];

    /// <summary>Declarations of the constants in use.</summary>
    public IEnumerable<Statement> ConstantDeclarations => constants.Values.SelectMany(each => each.Declarations())
        .Concat(factors.OrderBy(factor => factor.Key).Select(factor => (Statement)new Assign(factor.Value, Expressions.Long(factor.Key), Declares: true)));
}
