using AdapterCompiler.Budgets;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Generators;

/// <summary>What one model takes of the limits that all models of an assembly share.</summary>
/// <param name="IlBytes">As the device holds it.</param>
/// <param name="DataBytes">Array initialisers and signatures.</param>
/// <param name="StringBytes">Labels and names.</param>
internal sealed record AssemblyShare(int IlBytes, int DataBytes, int StringBytes)
{
    public static AssemblyShare None { get; } = new(0, 0, 0);

    /// <summary>The share of a compiled model; none for the desktop, which has no such limits.</summary>
    public static AssemblyShare Of(AssemblyBudget? budget, string device) => budget is null || device == DeviceLimits.Desktop
        ? None
        : new AssemblyShare(budget.DeviceIlBytes, budget.DataBytes, budget.StringBytes);
}

/// <summary>A share and whose it is.</summary>
internal sealed record ModelShare(ModelIdentity Identity, AssemblyShare Share);
