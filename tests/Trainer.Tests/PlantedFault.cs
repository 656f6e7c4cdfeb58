using System;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>Faults of src/Trainer/Runtime/Faults.cs in this process, until disposed.</summary>
internal sealed class PlantedFault : IDisposable
{
    private const string Variable = "ADAPTER_FAULT";

    public PlantedFault(string faults) => Environment.SetEnvironmentVariable(Variable, faults);

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);
}
