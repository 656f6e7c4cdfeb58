using System;

namespace AdapterCompiler.Usage;

/// <summary>What luck alone does to a count of right answers.</summary>
public static class Binomial
{
    /// <summary>Share of cases in which a bound holds.</summary>
    public const double Confidence = 0.95;

    /// <summary>The smallest count that <paramref name="trials"/> independent answers, each right with <paramref name="share"/>, exceed in 5 % of cases at most.</summary>
    /// <param name="trials">Answers.</param>
    /// <param name="share">Probability of a right one, 0-1.</param>
    public static int UpperBound(int trials, double share)
    {
        if (share <= 0)
            return 0;
        if (share >= 1)
            return trials;
        // Terms by their logarithms: (1 - share)^trials alone may be below what a double holds.
        double logTerm = trials * Math.Log(1 - share), ratio = Math.Log(share / (1 - share)), below = Math.Exp(logTerm);
        int count = 0;
        while (below < Confidence && count < trials)
        {
            logTerm += Math.Log((double)(trials - count) / (count + 1)) + ratio;
            below += Math.Exp(logTerm);
            count++;
        }

        return count;
    }

    /// <summary>The largest count that they fall short of in 5 % of cases at most.</summary>
    public static int LowerBound(int trials, double share) => trials - UpperBound(trials, 1 - share);
}
