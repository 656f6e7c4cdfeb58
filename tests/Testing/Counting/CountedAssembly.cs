using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace AdapterCompiler.Testing.Counting;

/// <summary>
/// C# compiled with a counter in every basic block: it runs here, and says exactly what was executed. Static methods only, no static
/// constructors. A scope tells on whose behalf shared methods run: it begins and ends at calls that the caller chooses.
/// </summary>
public sealed class CountedAssembly
{
    private const string Counter = """
        public static class Counter
        {
            public static long[][] Scopes;
            private static readonly int[] outer = new int[64];
            private static int depth;
            private static int scope;
            private static long[] hits;
            public static void Start(long[][] scopes) { Scopes = scopes; hits = scopes[0]; }
            public static void Hit(int block) { hits[block]++; }
            public static void Enter(int inner) { outer[depth++] = scope; scope = inner; hits = Scopes[inner]; }
            public static void Leave() { scope = outer[--depth]; hits = Scopes[scope]; }
        }
        """;

    private readonly Func<string, string, string?> scopeOf;
    private readonly List<string> scopes = [""];
    private readonly List<(string Method, int Block, IReadOnlyList<IlStep> Steps)> blocks = [];
    private readonly long[][] hits;

    /// <summary>Compiles, instruments and loads.</summary>
    /// <param name="files">C# 7.3 without warnings.</param>
    /// <param name="scopeOf">The scope that a call from one method (first name) to another (second) opens, or null; null for none at all.</param>
    public CountedAssembly(IEnumerable<EmittedFile> files, Func<string, string, string?>? scopeOf = null)
    {
        this.scopeOf = scopeOf ?? ((_, _) => null);
        GeneratedAssembly plain = GeneratedAssembly.Compile([.. files, new EmittedFile("Counter.cs", Counter)], ClassLibrary.Desktop);
        using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(new MemoryStream(plain.Image));
        TypeDefinition counter = definition.MainModule.GetType("Counter");
        foreach (MethodDefinition method in definition.MainModule.Types.Where(type => type != counter).SelectMany(type => type.Methods))
        {
            if (method.HasBody && !method.IsConstructor)
                Instrument(method, counter);
        }

        using var image = new MemoryStream();
        definition.Write(image);
        Loaded = HostedModel.LoadAssembly(plain with { Image = image.ToArray() });
        hits = [.. scopes.Select(_ => new long[blocks.Count])];
        Loaded.GetType("Counter", throwOnError: true)!.GetMethod("Start")!.Invoke(null, [hits]);
    }

    /// <summary>The instrumented assembly.</summary>
    public Assembly Loaded { get; }

    /// <summary>Counts what an action executes. Blocks that did not run are included.</summary>
    public IReadOnlyList<CountedBlock> Count(Action action)
    {
        foreach (long[] scope in hits)
            Array.Clear(scope);
        action();
        var result = new List<CountedBlock>();
        for (int scope = 0; scope < hits.Length; scope++)
        {
            for (int block = 0; block < blocks.Count; block++)
            {
                if (scope == 0 || hits[scope][block] != 0)
                    result.AddRange(Counted(scope, block));
            }
        }

        return result;
    }

    private IEnumerable<CountedBlock> Counted(int scope, int block)
    {
        (string method, int index, IReadOnlyList<IlStep> steps) = blocks[block];
        long times = hits[scope][block];
        return steps.GroupBy(step => Entered(method, step) ?? scopes[scope], StringComparer.Ordinal)
            .Select(group => new CountedBlock(group.Key, method, index, [.. group], times));
    }

    private string? Entered(string method, IlStep step) => step.Call is { IsNative: false } call ? scopeOf(method, call.Method) : null;

    private void Instrument(MethodDefinition method, TypeDefinition counter)
    {
        MethodDefinition hit = Of(counter, "Hit"), enter = Of(counter, "Enter"), leave = Of(counter, "Leave");
        IReadOnlyList<IlBlock> found = IlBlocks.Of(method);
        Instruction[] calls = [.. method.Body.Instructions.Where(each => each.Operand is MethodDefinition called && scopeOf(method.Name, called.Name) is not null)];
        method.Body.SimplifyMacros();
        ILProcessor il = method.Body.GetILProcessor();
        var moved = new Dictionary<Instruction, Instruction>();
        foreach (IlBlock block in found)
        {
            Instruction number = il.Create(OpCodes.Ldc_I4, blocks.Count);
            il.InsertBefore(block.Start, number);
            il.InsertBefore(block.Start, il.Create(OpCodes.Call, hit));
            moved.Add(block.Start, number);
            blocks.Add((method.Name, moved.Count - 1, block.Steps));
        }

        Redirect(method, moved);
        foreach (Instruction call in calls)
        {
            il.InsertBefore(call, il.Create(OpCodes.Ldc_I4, Scope(scopeOf(method.Name, ((MethodDefinition)call.Operand).Name)!)));
            il.InsertBefore(call, il.Create(OpCodes.Call, enter));
            il.InsertAfter(call, il.Create(OpCodes.Call, leave));
        }

        method.Body.OptimizeMacros();
    }

    // Branches go to the counter before the block.
    private static void Redirect(MethodDefinition method, Dictionary<Instruction, Instruction> moved)
    {
        foreach (Instruction branch in method.Body.Instructions)
        {
            if (branch.Operand is Instruction target)
                branch.Operand = moved[target];
            else if (branch.Operand is Instruction[] targets)
                branch.Operand = Array.ConvertAll(targets, each => moved[each]);
        }
    }

    private int Scope(string name)
    {
        int index = scopes.IndexOf(name);
        if (index >= 0)
            return index;
        scopes.Add(name);
        return scopes.Count - 1;
    }

    private static MethodDefinition Of(TypeDefinition type, string name) => type.Methods.Single(method => method.Name == name);
}
