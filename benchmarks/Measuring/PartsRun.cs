using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>A model in one or several parts, run as a device runs it: each part an assembly of its own, which refers to those before it.</summary>
internal static class PartsRun
{
    /// <summary>Runs a window with all tasks, with each one alone and with every second one, and compares the logits asked for.</summary>
    /// <param name="name">What to call it in an error.</param>
    /// <param name="parts">Result of each part, in order.</param>
    /// <param name="options">Their options.</param>
    /// <param name="codes">The window.</param>
    /// <param name="expected">The interpreter's answer.</param>
    /// <exception cref="InvalidOperationException">They compute something else than the interpreter.</exception>
    public static void Compare(string name, IReadOnlyList<CompilationResult> parts, CompilationOptions options, byte[] codes, Inference expected)
    {
        HostedModel model = HostedModel.CompileParts(parts, options);
        int all = (1 << expected.Logits.Count) - 1;
        foreach (int tasks in Enumerable.Range(0, expected.Logits.Count).Select(task => 1 << task).Append(0x55555555 & all).Append(all).Distinct())
        {
            for (int task = 0; task < expected.Logits.Count; task++)
                Array.Fill(model.Logits(task), int.MinValue);
            bool hasRun = model.Run(codes, tasks);
            int? wrong = Enumerable.Range(0, expected.Logits.Count)
                .Where(task => (tasks & (1 << task)) != 0 && !expected.Logits[task].AsSpan().SequenceEqual(model.Logits(task))).Cast<int?>().FirstOrDefault();
            if (!hasRun || wrong is not null)
                throw new InvalidOperationException(FormattableString.Invariant($"{name} in {parts.Count} parts, tasks 0x{tasks:x}: logits of task {wrong} differ from the interpreter's"));
        }
    }

    /// <summary>What one window with all tasks executes, over all parts.</summary>
    public static IReadOnlyList<CountedBlock> Count(IReadOnlyList<CompilationResult> parts, CompilationOptions options, byte[] codes, Inference expected)
    {
        // The same text in one assembly: a call from one class to another costs the same there.
        var assembly = new CountedAssembly(parts.SelectMany(part => part.Files), Scopes.Of);
        HostedModel model = HostedModel.Load(assembly.Loaded, options.Namespace + "." + options.ClassName, parts[^1].Program!.Names);
        bool hasRun = false;
        IReadOnlyList<CountedBlock> blocks = assembly.Count(() => hasRun = model.Run(codes, (1 << expected.Logits.Count) - 1));
        if (!hasRun || expected.Logits.Where((logits, task) => !logits.AsSpan().SequenceEqual(model.Logits(task))).Any())
            throw new InvalidOperationException(options.SourceName + ": generated code and interpreter differ");
        return [.. blocks, Caller];
    }

    private static CountedBlock Caller { get; } = new(
        "", "Caller", 0, [new IlStep("call", Targets.OperandKind.Int32, new CallShape("Run", Arguments: 2, Locals: 0, ReturnsValue: true, IsNative: false))], 1);
}
