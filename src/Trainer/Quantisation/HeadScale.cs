namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>What calibration decides about a head.</summary>
/// <param name="WeightScale">Real value of one unit of a logit, the same for all classes.</param>
internal sealed record HeadScale(double WeightScale)
{
    /// <summary>Its integers; null where each weight is rounded to the nearest.</summary>
    public IntegerWeights? Integers { get; init; }
}
