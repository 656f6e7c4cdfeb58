using System;
using AdapterCompiler.Programs;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>How a trained network is made small.</summary>
/// <param name="Training">Steps, batch, seed and learning rate of the phase; gates and norms do not change in it.</param>
/// <param name="Widths">Of the integers that it learns to live with.</param>
/// <param name="Zeros">Share of the weights between open channels that are 0 at the end, 0 … 0.98.</param>
/// <param name="Distillation">Share of the loss that asks for the float network's answers instead of the labels', 0 … 1.</param>
/// <param name="Lanes">Hold every convolution's sums where so many lanes of a long hold them, 4 or 6 (docs/kernels.md); 0 lets them be.</param>
public sealed record CompressionOptions(TrainingOptions Training, QuantisationOptions Widths, double Zeros = 0, double Distillation = CompressionOptions.UsualDistillation, int Lanes = CompressionOptions.UsualLanes)
{
    /// <summary>Steps unless told otherwise.</summary>
    public const int UsualSteps = 1000;

    /// <summary>Zeros unless told otherwise.</summary>
    public const double UsualZeros = 0.7;

    /// <summary>Bits of a weight unless told otherwise.</summary>
    public const int UsualWeightBits = 4;

    /// <summary>Share of the float network's answers in the loss unless told otherwise.</summary>
    public const double UsualDistillation = 0.9;

    /// <summary>The phase's learning rate unless told otherwise: what the float networks begin with.</summary>
    public const double UsualLearningRate = 2e-3;

    /// <summary>Lanes unless told otherwise.</summary>
    public const int UsualLanes = 4;

    /// <summary>Lanes that want codes of few bits, and how few.</summary>
    private const int ManyLanes = LaneFormat.MostLanes, FewBits = 5;

    /// <summary>Most zeros.</summary>
    public const double MostZeros = 0.98;

    /// <summary>Share of the steps by which every zero is chosen; what remains learns with them.</summary>
    public const double PrunedAfter = 0.4;

    /// <summary>Bits of a code that the network reads, where it was trained on more; null for as many.</summary>
    public int? InputBits { get; init; }

    /// <summary>The step before which the last zeros are chosen.</summary>
    public int LastPruning => (int)(PrunedAfter * Training.Steps);

    /// <summary>As a command says it, a blank before each option: bits and zeros always, the rest where it is not the usual.</summary>
    /// <param name="batch">Samples of a batch unless told otherwise.</param>
    public string Arguments(int batch) => FormattableString.Invariant($" --weight-bits {string.Join(',', Widths.WeightBits)} --zeros {Zeros}")
        + (Widths.ActivationBits == QuantisationOptions.Default.ActivationBits ? "" : FormattableString.Invariant($" --activation-bits {Widths.ActivationBits}"))
        + (Training.Steps == UsualSteps ? "" : FormattableString.Invariant($" --steps {Training.Steps}"))
        + (Training.BatchSize == batch ? "" : FormattableString.Invariant($" --batch {Training.BatchSize}"))
        + (Training.LearningRate == UsualLearningRate ? "" : FormattableString.Invariant($" --learning-rate {Training.LearningRate}"))
        + (Distillation == UsualDistillation ? "" : FormattableString.Invariant($" --distillation {Distillation}"))
        + (InputBits is { } input ? FormattableString.Invariant($" --input-bits {input}") : "")
        + (Lanes == UsualLanes ? "" : FormattableString.Invariant($" --lanes {Lanes}"));

    /// <summary>Zeros wanted after some steps: a cubic curve, steep while there is most to choose from (Zhu and Gupta 2017).</summary>
    /// <param name="step">Steps done.</param>
    public double ZerosAfter(int step)
    {
        double left = 1 - Math.Clamp((double)step / Math.Max(1, LastPruning), 0, 1);
        return Zeros * (1 - (left * left * left));
    }

    /// <summary>What a user would have to change, or null.</summary>
    /// <param name="shape">Of the network that is made small, as it will read its input.</param>
    public string? Problem(NetworkShape shape)
    {
        // No steps: rounded, to compare with.
        if ((Training.Steps == 0 ? Training with { Steps = 1 } : Training).Problem(shape.Tasks.Count) is { } mistake)
            return mistake;
        if (!(Zeros is >= 0 and <= MostZeros))
            return FormattableString.Invariant($"--zeros is {Zeros}; it is the share of weights that become 0, from 0 to {MostZeros}, for example 0.7.");
        if (!(Distillation is >= 0 and <= 1))
            return FormattableString.Invariant($"--distillation is {Distillation}; it is a share of the loss, from 0 (labels alone) to 1 (the float network's answers alone).");
        if (Lanes is not (0 or UsualLanes or ManyLanes))
            return FormattableString.Invariant($"--lanes is {Lanes}; sums are held where {UsualLanes} or {ManyLanes} lanes of a long hold them, or not at all with 0.");
        if (Lanes == ManyLanes && Widths.ActivationBits > FewBits)
            return FormattableString.Invariant($"--lanes {ManyLanes} leaves sums 10 bits, which a few codes of {Widths.ActivationBits} bits fill. Add --activation-bits {FewBits}, or fewer, or take --lanes {UsualLanes}.");
        if (Lanes == ManyLanes && shape.Input.Bits > FewBits)
            return FormattableString.Invariant($"--lanes {ManyLanes} leaves sums 10 bits, which a few input codes of {shape.Input.Bits} bits fill. Add --input-bits {FewBits}, or fewer, or take --lanes {UsualLanes}.");
        return Widths.Problem(shape.Layers);
    }
}
