#pragma warning disable
using AdapterCompiler.Lowering.Il;
namespace AdapterCompiler.Lowering.Dense;
public sealed record DenseStep(ValueArray<int> Inputs, ValueArray<DenseOutput> Outputs, int FirstOutput, int ActivationMax, int InputMax);
public sealed record DenseOutput(int Bias, int? Shift, ValueArray<sbyte> Weights);
public enum DenseKernel { Sums, OutputLanes }
public static class DenseCode { public static ValueArray<AssembledMethod>? Lower(DenseKernel kernel, string name, DenseStep step, StaticField codes, StaticField target) => null; }
