using System;
using System.Collections.Generic;
using AdapterCompiler.Hosting;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>A generated class with a counter in every basic block: runs here, and says what was executed.</summary>
internal sealed class CountedProgram
{
    private readonly CountedAssembly assembly;
    private readonly HostedModel model;

    public CountedProgram(GeneratedCase generated)
    {
        assembly = new CountedAssembly(generated.Result.Files);
        CodedProgram program = generated.Result.Program!;
        model = HostedModel.Load(assembly.Loaded, generated.Options.Namespace + ".Model", program.Names);
    }

    /// <summary>Runs one window and returns the blocks with their hits.</summary>
    public IReadOnlyList<CountedBlock> Run(byte[] codes, int tasks)
    {
        bool hasRun = false;
        IReadOnlyList<CountedBlock> blocks = assembly.Count(() => hasRun = model.Run(codes, tasks));
        return hasRun ? blocks : throw new InvalidOperationException("Run returned false");
    }
}
