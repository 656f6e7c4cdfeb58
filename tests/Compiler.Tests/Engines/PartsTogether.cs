using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

/// <summary>Windows, tasks asked for, and what the interpreter says of them: every way to cut a model is held to it.</summary>
internal sealed class PartsTogether
{
    // The code is run a few times only: compiling its long methods well would take longer than running them.
    private static readonly EmittedFile Unoptimised = new(
        "Unoptimised.cs", "[assembly: System.Diagnostics.Debuggable(System.Diagnostics.DebuggableAttribute.DebuggingModes.DisableOptimizations)]");

    private readonly Network network;
    private readonly List<(byte[] Codes, int Tasks, Inference Expected)> runs = [];

    public PartsTogether(Network network, int seed)
    {
        this.network = network;
        var random = new Random(seed);
        int all = (1 << network.Tasks.Count) - 1;
        foreach (byte[] codes in RandomInputs.For(network.Input, seed, noise: 2).Skip(3))
        {
            Inference expected = FixedPointInterpreter.Run(network, codes, all);
            runs.Add((codes, all, expected));
            // Some of them: any set, and all but one.
            foreach (int some in new[] { random.Next(1, all + 1), all & ~(1 << random.Next(network.Tasks.Count)) }.Where(some => some != 0))
                runs.Add((codes, some, expected));
        }
    }

    /// <summary>Compiles parts as assemblies that refer to one another, and runs them; a task that is not asked for keeps its logits.</summary>
    /// <returns>Runs compared.</returns>
    public int Compare(IReadOnlyList<CompilationResult> parts, CompilationOptions options)
    {
        HostedModel model = HostedModel.CompileParts([.. parts.Select(part => part with { Files = part.Files.Append(Unoptimised).ToValueArray() })], options);
        int[][] before = [.. network.Tasks.Select((_, k) => (int[])model.Logits(k).Clone())];
        // Backwards, so that what is asked for changes with the window too.
        foreach ((byte[] codes, int tasks, Inference expected) in Enumerable.Reverse(runs))
        {
            Assert.True(model.Run(codes, tasks));
            for (int k = 0; k < network.Tasks.Count; k++)
            {
                if ((tasks >> k & 1) != 0)
                    before[k] = [.. expected.Logits[k]];
                Assert.Equal(before[k], model.Logits(k));
            }
        }

        return runs.Count;
    }
}
