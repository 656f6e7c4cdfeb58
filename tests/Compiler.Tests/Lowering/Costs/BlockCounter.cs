using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Lowering.Costs;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace AdapterCompiler.Tests.Lowering.Costs;

/// <summary>A class compiled to run here with a counter in every basic block of its methods.</summary>
internal sealed class BlockCounter
{
    private const string Counter = "public static class Counter { public static readonly long[] Hits = new long[4096]; public static void Hit(int i) { Hits[i]++; } }";

    private readonly List<CountedBlock> blocks = [];
    private readonly long[] hits;

    public BlockCounter(IEnumerable<EmittedFile> files, string className)
    {
        GeneratedAssembly plain = GeneratedAssembly.Compile([.. files, new EmittedFile("Counter.cs", Counter)], ClassLibrary.Desktop);
        using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(new MemoryStream(plain.Image));
        MethodDefinition hit = definition.MainModule.GetType("Counter").Methods.Single(method => method.Name == "Hit");
        foreach (MethodDefinition method in definition.MainModule.Types.Where(type => type.Name == className).SelectMany(type => type.Methods))
        {
            if (!method.IsConstructor)
                Instrument(method, hit);
        }

        using var image = new MemoryStream();
        definition.Write(image);
        Loaded = HostedModel.LoadAssembly(plain with { Image = image.ToArray() });
        hits = (long[])Loaded.GetType("Counter", throwOnError: true)!.GetField("Hits")!.GetValue(null)!;
    }

    /// <summary>The assembly.</summary>
    public Assembly Loaded { get; }

    /// <summary>Runs something of the assembly and returns the blocks with their hits.</summary>
    public IReadOnlyList<CountedBlock> Count(Action run)
    {
        Array.Clear(hits);
        run();
        return [.. blocks.Select((block, i) => block with { Hits = hits[i] })];
    }

    private void Instrument(MethodDefinition method, MethodDefinition hit)
    {
        IReadOnlyList<IReadOnlyList<Instruction>> found = IlBlocks.Of(method);
        CountedBlock[] described = [.. found.Select((block, i) => new CountedBlock(
            method.Name, i, IlCost.Of(IlBlocks.Text(block, method)), block.Count, Hits: 0))];
        method.Body.SimplifyMacros();
        ILProcessor il = method.Body.GetILProcessor();
        for (int i = 0; i < found.Count; i++)
        {
            Instruction start = found[i][0], number = il.Create(OpCodes.Ldc_I4, blocks.Count);
            il.InsertBefore(start, number);
            il.InsertBefore(start, il.Create(OpCodes.Call, hit));
            foreach (Instruction branch in method.Body.Instructions.Where(each => each.Operand == start))
                branch.Operand = number;
            blocks.Add(described[i]);
        }

        method.Body.OptimizeMacros();
    }
}

/// <summary>A basic block of a compiled method and what was counted of it.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Block">Its index.</param>
/// <param name="Cost">Weighted instructions of one run.</param>
/// <param name="Instructions">IL instructions of one run.</param>
/// <param name="Hits">How often it ran.</param>
internal sealed record CountedBlock(string Method, int Block, long Cost, int Instructions, long Hits);
