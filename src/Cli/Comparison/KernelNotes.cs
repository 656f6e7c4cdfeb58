using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Reports;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>Layers that are computed another way than before, and whose doing that is.</summary>
internal static class KernelNotes
{
    /// <summary>A sentence for each of them.</summary>
    /// <param name="old">Before.</param>
    /// <param name="now">After.</param>
    /// <param name="blocks">What each block became.</param>
    public static IEnumerable<string> Of(Report old, Report now, IReadOnlyList<BlockChange> blocks)
    {
        string[] added = [.. Tasks(now).Except(Tasks(old), StringComparer.Ordinal)], gone = [.. Tasks(old).Except(Tasks(now), StringComparer.Ordinal)];
        foreach (ReportKernel kernel in now.Kernels)
        {
            if (old.Kernels.FirstOrDefault(each => each.Layer == kernel.Layer) is not { } before || before.Kernel == kernel.Kernel)
                continue;
            // Lane loops may have taken an added task's channels alone.
            string[] same = [.. blocks.Where(block => block.Layer == kernel.Layer && block is { Before: { } from, After: { } to, ChangedWeights: 0, ChangedOthers: 0 } && (from.IlBytes, from.Weighted) != (to.IlBytes, to.Weighted))
                .Select(block => block.Block)];
            string layer = kernel.Layer == "heads" ? "The heads" : "Layer " + kernel.Layer;
            string who = added.Length + gone.Length == 0 ? "the model changed elsewhere"
                : string.Join(" and ", new[] { (added, "new"), (gone, "gone") }.Where(each => each.Item1.Length > 0).Select(each => $"{And(each.Item1)} {(each.Item1.Length == 1 ? "is" : "are")} {each.Item2}"));
            yield return $"{layer} {(kernel.Layer == "heads" ? "have" : "has")} kernel '{kernel.Kernel}', it was '{before.Kernel}'"
                + (same.Length == 0 ? "." : $". Weights of {And(same)} are the same there, code and cost are not: kernels are chosen for all tasks together, and {who}.");
        }
    }

    private static IEnumerable<string> Tasks(Report report) => report.Rows.Where(row => row.Layer == "heads").Select(row => row.Block);

    private static string And(string[] words) => words.Length == 1 ? words[0] : string.Join(", ", words[..^1]) + " and " + words[^1];
}
