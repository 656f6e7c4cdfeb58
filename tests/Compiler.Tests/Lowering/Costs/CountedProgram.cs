using System;
using System.Collections.Generic;
using AdapterCompiler.Hosting;
using AdapterCompiler.Lowering;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Tests.Lowering.Costs;

/// <summary>A generated class with a counter in every basic block: runs here, and says what was executed.</summary>
internal sealed class CountedProgram
{
    private readonly BlockCounter counter;
    private readonly HostedModel model;

    public CountedProgram(GeneratedCase generated)
    {
        counter = new BlockCounter(generated.Result.Files, "Model");
        LoweredProgram program = generated.Result.Program!;
        model = HostedModel.Load(counter.Loaded, generated.Options.Namespace + ".Model", program.Names);
    }

    /// <summary>Runs one window and returns the blocks with their hits.</summary>
    public IReadOnlyList<CountedBlock> Run(byte[] codes, int tasks) => counter.Count(() =>
    {
        if (!model.Run(codes, tasks))
            throw new InvalidOperationException("Run returned false");
    });
}
