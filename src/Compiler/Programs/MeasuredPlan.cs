namespace AdapterCompiler.Programs;

/// <summary>A plan that the planner has found, with its figures.</summary>
/// <param name="Layers">As of a <see cref="KernelPlan"/>.</param>
/// <param name="Heads">As there.</param>
/// <param name="Reason">As there.</param>
/// <param name="Sizes">Of the code, as measured.</param>
/// <param name="Weighted">Weighted instructions of a window with every task.</param>
/// <param name="IlBytes">IL of layers and heads.</param>
/// <param name="TableBytes">Tables.</param>
internal sealed record MeasuredPlan(ValueArray<LayerKernel> Layers, LayerKernel Heads, string Reason, LayerSizes Sizes, long Weighted, long IlBytes, long TableBytes)
    : KernelPlan(Layers, Heads, Reason);
