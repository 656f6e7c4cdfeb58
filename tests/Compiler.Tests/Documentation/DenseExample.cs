using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Dense;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Tests.Documentation;

/// <summary>The fully connected examples of docs/kernels.md: three inputs, three logits or one code.</summary>
internal static class DenseExample
{
    private static readonly StaticField Arena = new("arena", IlType.Bytes);
    private static readonly StaticField Logits = new("taskLogits", IlType.Ints);
    private static readonly byte[] Codes = [7, 0, 5, 2];

    /// <summary>Blocks by name.</summary>
    public static IReadOnlyDictionary<string, string[]> Blocks() => new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["sums"] = [.. Block(DenseKernel.Sums, [new DenseOutput(4, 2, ValueArray.Of<sbyte>(3, 0, -3, 1))], Arena)],
        ["output-lanes"] = [.. Block(DenseKernel.OutputLanes,
        [
            new DenseOutput(1, null, ValueArray.Of<sbyte>(2, -1, 3, 0)),
            new DenseOutput(-2, null, ValueArray.Of<sbyte>(-3, 1, 1, 2)),
            new DenseOutput(5, null, ValueArray.Of<sbyte>(1, 4, -2, -1)),
        ], Logits)],
    };

    private static IEnumerable<string> Block(DenseKernel kernel, DenseOutput[] outputs, StaticField target)
    {
        var step = new DenseStep(ValueArray.Of(0, 1, 2, 3), outputs.ToValueArray(), target == Arena ? Codes.Length : 0, 7, 7);
        Method method = DenseCode.Lower(kernel, "Layer", step, Arena, target)!.Single().Method;
        var arena = new byte[Codes.Length + 1];
        Codes.CopyTo(arena, 0);
        int[] logits = new int[outputs.Length];
        var run = new TreeRun(new Dictionary<string, Array>(StringComparer.Ordinal) { ["arena"] = arena, ["taskLogits"] = logits });
        run.Run(method);
        var packed = run.Steps.Where(each => each.Target is Local { Type: IlType.Long, Name: "packed" }).Select(each => each.Result).ToArray();
        int[] expected = [.. outputs.Select(output =>
        {
            int sum = output.Bias + output.Weights.Select((weight, i) => weight * Codes[i]).Sum();
            return output.Shift is { } shift ? Math.Min(7, Math.Max(0, sum) >> shift) : sum;
        })];
        int[] results = target == Arena ? [arena[Codes.Length]] : logits;
        if (!expected.SequenceEqual(results))
            throw new InvalidOperationException("the example is wrong: " + string.Join(" ", results));
        foreach (string line in LaneText.Of(method).Skip(2).SkipLast(1))
            yield return line.Length > 4 ? line[4..] : line;
        yield return "";
        yield return "// codes " + string.Join(", ", Codes) + (packed.Length > 0 ? ": packed = " + LaneText.Hex(packed[0]) : "") + " -> " + string.Join(", ", results);
    }
}
