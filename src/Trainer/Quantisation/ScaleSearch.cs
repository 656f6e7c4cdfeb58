using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>
/// Chooses each channel's weight scale and shift: of a few scales at and below the one that just holds the largest weight, and of the shifts at and below
/// the one that just holds the largest accumulator, the pair whose codes come closest to the float network's outputs on the calibration slices.
/// </summary>
internal static class ScaleSearch
{
    /// <summary>Candidates, as shares of the scale at which the largest weight is the largest integer. Smaller ones clip it and round the others finer.</summary>
    private static readonly double[] Shares = [1, 0.92, 0.84, 0.76, 0.68, 0.6];

    /// <summary>
    /// Further ones for embeddings and heads, where one input's weights may be far above all others, and where only few integers are there to choose from: of normally distributed weights three values come closest at 1.2 standard deviations, a third of the largest of some hundred
    /// weights, where a half would round nearly all of them to 0.
    /// </summary>
    private static readonly double[] FinerShares = [.. Shares, 0.52, 0.44, 0.38, 0.32, 0.26, 0.2];

    /// <summary>Widths that have so few.</summary>
    private const int FewBits = 3;

    /// <summary>Shifts tried below the largest that is useful.</summary>
    private const int ShiftsBelow = 2;

    /// <summary>The same of an embedding: peaks of one task's slices may be far above what another's need.</summary>
    private const int ShiftsBelowEmbedding = 5;

    /// <summary>Bias and offsets stay below this many units, so that no accumulator leaves Int32 even where all weights are near 0.</summary>
    private const double LargestBias = 1 << 26;

    /// <summary>Scales, shifts and integers of one layer.</summary>
    /// <param name="kind">What it computes.</param>
    /// <param name="folded">Its weights.</param>
    /// <param name="openInputs">1 or 0 per input: closed own inputs have no say.</param>
    /// <param name="inputs">Input codes of the calibration slices, float64; closed inputs 0.</param>
    /// <param name="target">The float network's ReLU outputs on them.</param>
    /// <param name="bits">Width of a weight.</param>
    /// <param name="max">Largest output code, A.</param>
    /// <param name="importance">Of errors, where the layer makes an embedding; null elsewhere, all alike.</param>
    /// <param name="toNearest">Each weight is rounded to the nearest, and there are no integers in what is returned.</param>
    public static LayerScales Choose(
        LayerKind kind, FoldedWeights folded, double[] openInputs, Tensor inputs, Tensor target, int bits, int max, ErrorImportance? importance = null, bool toNearest = false)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor open = tensor(openInputs);
        Tensor weights = folded.Weights * open.reshape(folded.Weights.dim() == 2 ? [1, -1] : [1, -1, 1, 1]);
        double[] shares = Candidates(importance, bits);
        Tensor fit = FittingScale(folded, Speaking(weights, inputs), bits, shares[^1]);
        CompensatedRounding? rounding = toNearest ? null : new CompensatedRounding(folded, InputMoments.Of(kind, inputs, importance?.Slices), bits);
        long outputs = weights.shape[0];

        Tensor bestError = full(outputs, double.PositiveInfinity, ScalarType.Float64);
        Tensor bestScale = fit, bestShift = zeros(outputs, ScalarType.Float64);
        foreach (double share in shares)
        {
            Tensor weightScale = fit * share;
            (Tensor integers, FoldedWeights corrected) = rounding?.Round(weightScale) ?? (WeightRounding.Weights(weights, weightScale, bits), folded);
            Tensor accumulators = IntegerBlock.Accumulate(kind, inputs, integers, (OpenBias(corrected, openInputs) / weightScale).round());
            Tensor top = (accumulators.transpose(0, 1).flatten(1).amax(1).clamp_min(1) / max).log2().ceil().clamp(0, ArtifactLimits.Shift);
            for (int below = 0; below <= (importance is null ? ShiftsBelow : ShiftsBelowEmbedding); below++)
            {
                Tensor shift = (top - below).clamp_min(0);
                Tensor divisor = shift.exp2();
                Tensor half = IntegerBlock.Rounding(divisor);
                Tensor codes = IntegerBlock.Requantise(accumulators + IntegerBlock.PerChannel(half, accumulators), divisor, max);
                Tensor wrong = (codes * IntegerBlock.PerChannel(weightScale * divisor, codes) - target).pow(2);
                Tensor error = (importance is null ? wrong : wrong * importance.Errors).transpose(0, 1).flatten(1).mean([1]);
                Tensor better = error < bestError;
                bestError = where(better, error, bestError);
                bestScale = where(better, weightScale, bestScale);
                bestShift = where(better, shift, bestShift);
            }
        }

        Finite.Require(bestError, "the error of every weight scale");
        return new LayerScales(bestScale.data<double>().ToArray(), [.. bestShift.data<double>().Select(s => (int)s)]) { Integers = rounding?.Integers(bestScale) };
    }

    /// <summary>The one scale of a head, with its integers: of the same candidates, the one whose logits come closest.</summary>
    /// <param name="folded">Its weights.</param>
    /// <param name="openInputs">1 or 0 per input.</param>
    /// <param name="inputs">Embedding codes, closed inputs 0.</param>
    /// <param name="target">The float network's logits.</param>
    /// <param name="bits">Width of a weight.</param>
    /// <param name="toNearest">Each weight is rounded to the nearest, and there are no integers in what is returned.</param>
    public static HeadScale ChooseForHead(FoldedWeights folded, double[] openInputs, Tensor inputs, Tensor target, int bits, bool toNearest = false)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor weights = folded.Weights * tensor(openInputs).reshape(1, -1);
        ErrorImportance? importance = toNearest ? null : ErrorImportance.OfLogits(target);
        double[] shares = Candidates(importance, bits);
        CompensatedRounding? rounding = toNearest ? null : new CompensatedRounding(folded, InputMoments.Of(LayerKind.Dense, inputs, importance?.Slices), bits);
        double fit = FittingScale(folded, Speaking(weights, inputs), bits, shares[^1]).max().item<double>();
        double best = shares.Select(share => fit * share).MinBy(weightScale =>
        {
            (Tensor integers, FoldedWeights corrected) = rounding?.Round(AllClasses(weightScale)) ?? (WeightRounding.Weights(weights, AllClasses(weightScale), bits), folded);
            Tensor wrong = ((IntegerBlock.Accumulate(LayerKind.Dense, inputs, integers, (OpenBias(corrected, openInputs) / weightScale).round()) * weightScale) - target).pow(2);
            return Finite.Require((importance is null ? wrong : wrong * importance.Errors).mean(), "the error of a head's weight scale").item<double>();
        });
        return new HeadScale(best) { Integers = rounding?.Integers(AllClasses(best)) };

        Tensor AllClasses(double scale) => full(weights.shape[0], scale, ScalarType.Float64);
    }

    private static double[] Candidates(ErrorImportance? importance, int bits) => importance is null && bits > FewBits ? Shares : FinerShares;

    private static Tensor OpenBias(FoldedWeights folded, double[] openInputs)
    {
        long own = folded.Offsets.shape[1];
        return folded.Bias + (folded.Offsets * tensor(openInputs).narrow(0, openInputs.Length - own, own).reshape(1, -1)).sum(1);
    }

    /// <summary>
    /// Weights without those of inputs that are 0 on every calibration slice. Their norms divide by next to nothing, and such a weight, though it is never used, would take all
    /// others' resolution; rounding clips it.
    /// </summary>
    private static Tensor Speaking(Tensor weights, Tensor inputs)
    {
        Tensor speaking = inputs.transpose(0, 1).flatten(1).amax(1).gt(0).to_type(ScalarType.Float64);
        return weights * speaking.reshape(weights.dim() == 2 ? [1, -1] : [1, -1, 1, 1]);
    }

    private static Tensor FittingScale(FoldedWeights folded, Tensor openWeights, int bits, double smallestShare)
    {
        Tensor largest = openWeights.abs().flatten(1).amax(1) / WeightRounding.Largest(bits);
        Tensor least = (folded.Bias.abs() + folded.Offsets.abs().sum(1)) / LargestBias / smallestShare;
        Tensor scale = maximum(largest, least);
        return where(scale > 0, scale, 1.0);
    }
}
