using System;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>
/// Draws a generator's parameters so that no value is in two splits: every range is cut into <see cref="Cells"/> equal
/// cells, dealt out in turn (train, validation, train, test, train), with a margin of a tenth of a cell between neighbours. This holds for each
/// parameter by itself, hence for every combination. Validation and test values lie between training values, so the
/// task is to interpolate, not to guess what lies outside of the training range.
/// </summary>
/// <param name="random">The slice's stream.</param>
/// <param name="split">The split whose cells are drawn from.</param>
public sealed class ParameterDraw(SliceRandom random, BuiltInSplit split)
{
    /// <summary>Cells in a range.</summary>
    public const int Cells = 20;

    private const double Margin = 0.05;

    private static readonly BuiltInSplit[] Deal =
        [BuiltInSplit.Train, BuiltInSplit.Validation, BuiltInSplit.Train, BuiltInSplit.Test, BuiltInSplit.Train];

    /// <summary>The split that owns a cell or a family.</summary>
    /// <param name="cell">0 or more.</param>
    public static BuiltInSplit Owner(int cell) => Deal[cell % Deal.Length];

    /// <summary>A value of this split's cells, uniform on a linear scale.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    public double Range(double low, double high)
    {
        double position = Family(Cells) + Margin + ((1 - (2 * Margin)) * random.NextDouble());
        return low + (position / Cells * (high - low));
    }

    /// <summary>A value of this split's cells, uniform on a logarithmic scale: for frequencies and durations.</summary>
    /// <param name="low">Lower end, greater than 0.</param>
    /// <param name="high">Upper end.</param>
    public double LogRange(double low, double high) => Math.Exp(Range(Math.Log(low), Math.Log(high)));

    /// <summary>One of the numbers below <paramref name="count"/> that belong to this split: names a family, such as a pattern of harmonics.</summary>
    /// <param name="count">At least 5, so that every split has one.</param>
    public int Family(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, Deal.Length);
        while (true)
        {
            int family = random.NextInt(count);
            if (Owner(family) == split)
                return family;
        }
    }
}
