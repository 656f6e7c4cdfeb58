namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>What calibration decides about one layer.</summary>
/// <param name="WeightScale">Real value of one accumulator unit, per channel.</param>
/// <param name="Shift">Right shift of the requantisation, per channel.</param>
internal sealed record LayerScales(double[] WeightScale, int[] Shift)
{
    /// <summary>Its integers; null where each weight is rounded to the nearest.</summary>
    public IntegerWeights? Integers { get; init; }
}
