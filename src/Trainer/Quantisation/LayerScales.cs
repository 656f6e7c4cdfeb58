namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>What calibration decides about one layer, and all that it decides: rounding follows from it.</summary>
/// <param name="WeightScale">Real value of one accumulator unit, per channel.</param>
/// <param name="Shift">Right shift of the requantisation, per channel.</param>
internal sealed record LayerScales(double[] WeightScale, int[] Shift);
