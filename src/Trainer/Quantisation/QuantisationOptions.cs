using System;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>Widths of the integer network.</summary>
/// <param name="WeightBits">One per layer and one for the heads; the last one repeats. 2-8.</param>
/// <param name="ActivationBits">Of every layer's output codes, 1-8.</param>
public sealed record QuantisationOptions(ValueArray<int> WeightBits, int ActivationBits)
{
    /// <summary>8-bit weights, 7-bit activations.</summary>
    public static QuantisationOptions Default { get; } = new(ValueArray.Of(8), 7);

    /// <summary>8 bits throughout: codes twice as fine, where a device has a fifth more time.</summary>
    public static QuantisationOptions Wide { get; } = Default with { ActivationBits = ArtifactLimits.CodeBits };

    /// <summary>As a command says it, a blank before each option; empty for what is the default.</summary>
    public string Arguments =>
        (WeightBits.Equals(Default.WeightBits) ? "" : " --weight-bits " + string.Join(',', WeightBits))
        + (ActivationBits == Default.ActivationBits ? "" : FormattableString.Invariant($" --activation-bits {ActivationBits}"));

    /// <summary>Weight width of a layer counted from 1; one past the last layer is the heads'.</summary>
    public int BitsOf(int layer) => WeightBits[Math.Min(layer, WeightBits.Count) - 1];

    /// <summary>What a user would have to change, or null.</summary>
    /// <param name="layers">Layers of the encoder.</param>
    public string? Problem(int layers)
    {
        if (WeightBits.Count == 0 || WeightBits.Count > layers + 1)
            return $"--weight-bits has {WeightBits.Count} entries; write one for all layers, or one per layer and one for the heads: at most {layers + 1}.";
        foreach (int bits in WeightBits)
        {
            if (bits is < ArtifactLimits.LeastWeightBits or > ArtifactLimits.WeightBits)
                return $"--weight-bits has {bits}; widths are {ArtifactLimits.LeastWeightBits} to {ArtifactLimits.WeightBits}.";
        }

        return ActivationBits is < 1 or > ArtifactLimits.CodeBits
            ? $"--activation-bits is {ActivationBits}; widths are 1 to {ArtifactLimits.CodeBits}."
            : null;
    }
}
