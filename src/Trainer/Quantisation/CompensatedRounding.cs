using System;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>
/// Rounds an output's weights one after the other, each so that it makes good what rounding the earlier ones did to the accumulator on the calibration slices, and puts what is left of the mean
/// error into the bias (GPTQ: Frantar et al. 2023; in other words Babai's nearest plane). An input's share of the bias that depends on its gate goes into its offset.
/// </summary>
internal sealed class CompensatedRounding
{
    /// <summary>Added to every input's variance, as a share of the mean one: inputs that hardly differ in few slices are not taken at their word.</summary>
    private const double Damping = 0.01;

    /// <summary>Keeps roots above 0 where no input varies.</summary>
    private const double LeastDamping = 1e-9;

    private readonly FoldedWeights folded;
    private readonly int bits;
    private readonly double[] weights, mean;
    private readonly int[] order;
    private readonly double[][] factor;

    /// <summary>Prepares.</summary>
    /// <param name="folded">Real weights.</param>
    /// <param name="inputs">What they are multiplied by.</param>
    /// <param name="bits">Width.</param>
    public CompensatedRounding(FoldedWeights folded, InputMoments inputs, int bits)
    {
        (this.folded, this.bits, mean) = (folded, bits, inputs.Mean);
        weights = folded.Weights.contiguous().data<double>().ToArray();
        (order, factor) = Factor(inputs);
    }

    /// <summary>Rounded weights, as float64, and the real biases and offsets that go with them.</summary>
    /// <param name="scale">Per output; an output's weights depend on its own alone.</param>
    public (Tensor Weights, FoldedWeights Corrected) Round(Tensor scale)
    {
        int largest = WeightRounding.Largest(bits), count = mean.Length;
        double[] rounded = new double[weights.Length], left = new double[count], scales = scale.data<double>().ToArray();
        for (int o = 0; o < scales.Length; o++)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                double[] row = factor[i];
                double owed = 0;
                for (int j = i + 1; j < row.Length; j++)
                    owed += row[j] * left[j];
                int at = (o * count) + order[i];
                double wanted = weights[at] / scales[o];
                rounded[at] = Math.Clamp(Math.Round(wanted + (owed / row[i])), -largest, largest);
                left[i] = wanted - rounded[at];
            }
        }

        Tensor integers = tensor(rounded, folded.Weights.shape);
        return (integers, Corrected(integers, scale));
    }

    /// <summary>The integers of a layer or a head.</summary>
    /// <param name="scale">Per output.</param>
    public IntegerWeights Integers(Tensor scale)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        (Tensor integers, FoldedWeights corrected) = Round(scale);
        return WeightRounding.Of(corrected, integers, scale);
    }

    /// <summary>With the mean of what rounding took from the accumulators.</summary>
    private FoldedWeights Corrected(Tensor integers, Tensor scale)
    {
        Tensor lost = (folded.Weights - (integers * scale.reshape(integers.dim() == 2 ? [-1, 1] : [-1, 1, 1, 1]))).flatten(1) * tensor(mean).reshape(1, -1);
        long own = folded.Offsets.shape[1], shared = integers.shape[1] - own;
        Tensor perInput = lost.reshape(integers.shape[0], integers.shape[1], -1).sum([2]);
        return folded with { Bias = folded.Bias + perInput.narrow(1, 0, shared).sum([1]), Offsets = folded.Offsets + perInput.narrow(1, shared, own) };
    }

    /// <summary>The upper triangle R with R'R = covariance. The inputs stand in the order of their variance: those that vary most are rounded first, from the end.</summary>
    private static (int[] Order, double[][] Factor) Factor(InputMoments inputs)
    {
        int count = inputs.Mean.Length;
        double[] variance = [.. Enumerable.Range(0, count).Select(i => inputs.Covariance[(i * count) + i])];
        double damping = Math.Max(Damping * variance.Average(), LeastDamping);
        int[] byVariance = [.. Enumerable.Range(0, count).OrderBy(i => variance[i])];
        double[][] rows = [.. byVariance.Select(_ => new double[count])];
        for (int i = 0; i < count; i++)
        {
            double[] row = rows[i];
            for (int j = i; j < count; j++)
                row[j] = inputs.Covariance[(byVariance[i] * count) + byVariance[j]];
            row[i] += damping;
            for (int k = 0; k < i; k++)
                Subtract(row, rows[k], i);
            double root = Math.Sqrt(Math.Max(row[i], LeastDamping));
            for (int j = i; j < count; j++)
                row[j] /= root;
        }

        return (byVariance, rows);
    }

    /// <summary>Takes from a row what an earlier one accounts for, from column <paramref name="first"/> on.</summary>
    private static void Subtract(double[] row, double[] earlier, int first)
    {
        double share = earlier[first];
        if (share == 0)
            return;
        for (int j = first; j < row.Length; j++)
            row[j] -= share * earlier[j];
    }
}
