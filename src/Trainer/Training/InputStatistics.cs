using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Where the input codes of the training split lie. Codes are never negative and norms come after ReLU: read as they are, a kernel whose weights sum
/// to less than zero is dead from the first step. One pair for all bands, since one pair folds into layer 1 exactly, whatever the tap.
/// </summary>
/// <param name="Mean">In codes. Each task counts alike, as in a batch.</param>
/// <param name="Deviation">In codes; 1 at least.</param>
public sealed record InputStatistics(double Mean, double Deviation)
{
    /// <summary>Of all training slices. Sums of integers: exact, on every machine.</summary>
    /// <param name="tasks">Tasks with at least one training slice each.</param>
    public static InputStatistics Of(IReadOnlyList<TaskData> tasks)
    {
        (double Mean, double Square)[] moments = [.. tasks.Select(task => Moments(task.Train))];
        double mean = moments.Average(m => m.Mean), variance = moments.Average(m => m.Square) - (mean * mean);
        return new InputStatistics(mean, Math.Sqrt(Math.Max(1, variance)));
    }

    /// <summary>For example <c>mean 52.31, deviation 23.90</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"mean {Mean:F2}, deviation {Deviation:F2}");

    private static (double Mean, double Square) Moments(SliceSet set)
    {
        long sum = 0, squares = 0, count = 0;
        foreach (byte[] codes in set.Codes)
        {
            foreach (byte code in codes)
            {
                sum += code;
                squares += code * code;
            }

            count += codes.Length;
        }

        return (sum / (double)count, squares / (double)count);
    }
}
