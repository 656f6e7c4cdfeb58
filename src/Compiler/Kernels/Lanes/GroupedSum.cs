using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>Sums in which inputs of a common factor share its multiplication.</summary>
internal static class GroupedSum
{
    /// <summary>sum + factor * (sum of the terms).</summary>
    /// <param name="sum">On the left, so that what is added takes its type; null for 0, where some term must be positive.</param>
    /// <param name="terms">At least one.</param>
    /// <param name="factor">Null for 1.</param>
    /// <param name="input">What holds the input of a term.</param>
    public static Expression Add(Expression? sum, IReadOnlyCollection<Term> terms, Expression? factor, Func<int, Expression> input)
    {
        // A group starts with a positive term; one without any is subtracted as a whole.
        IEnumerable<Term> positiveFirst = sum is not null && factor is null ? terms : terms.OrderBy(term => term.IsNegative);
        if (factor is null)
            return Chain(sum, positiveFirst, input);
        bool negated = terms.All(term => term.IsNegative);
        Expression product = Chain(null, negated ? terms.Select(term => term with { IsNegative = false }) : positiveFirst, input).Times(factor);
        return sum is null ? product : negated ? sum.Minus(product) : sum.Plus(product);
    }

    private static Expression Chain(Expression? sum, IEnumerable<Term> terms, Func<int, Expression> input)
    {
        foreach (Term term in terms)
            sum = sum is null ? input(term.Input) : term.IsNegative ? sum.Minus(input(term.Input)) : sum.Plus(input(term.Input));
        return sum!;
    }
}
