namespace AdapterCompiler.Budgets;

/// <summary>What it costs that a model hears.</summary>
/// <param name="Frames">From one decision to the next.</param>
/// <param name="WeightedPerFrame">Weighted instructions of a frame.</param>
/// <param name="ClassName">The class that hears.</param>
/// <param name="Budget">What that takes of an assembly.</param>
/// <param name="IsHere">It is in the assembly of the model, whose budget it is part of.</param>
public sealed record HearingCost(int Frames, long WeightedPerFrame, string ClassName, AssemblyBudget Budget, bool IsHere);
