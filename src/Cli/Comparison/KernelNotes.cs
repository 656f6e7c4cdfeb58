using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Diagnostics;
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
            if (LoopedOfAdded(now, kernel, before, added) is { } looped)
            {
                yield return $"{layer} computes {looped}, of {And(added)} alone, in a loop, for IL is short: code of other tasks is as it was there, but for the numbers of variables.";
                continue;
            }

            string who = added.Length + gone.Length == 0 ? "the model changed elsewhere"
                : string.Join(" and ", new[] { (added, "new"), (gone, "gone") }.Where(each => each.Item1.Length > 0).Select(each => $"{And(each.Item1)} {(each.Item1.Length == 1 ? "is" : "are")} {each.Item2}"));
            yield return $"{layer} {(kernel.Layer == "heads" ? "have" : "has")} kernel '{kernel.Kernel}', it was '{before.Kernel}'"
                + (same.Length == 0 ? "." : $". Weights of {And(same)} are the same there, code and cost are not: kernels are chosen for all tasks together, and {who}.");
        }
    }

    // A layer's last channels are those of the tasks that came last, so where IL is short these pay first: "its last 7 channels", or null where it is not as simple.
    private static string? LoopedOfAdded(Report now, ReportKernel kernel, ReportKernel before, string[] added)
    {
        const string looped = " by loop";
        if (!kernel.Kernel.EndsWith(looped, StringComparison.Ordinal) || !kernel.Kernel.StartsWith(before.Kernel + ", ", StringComparison.Ordinal) || !Tasks(now).TakeLast(added.Length).SequenceEqual(added, StringComparer.Ordinal)
            || !int.TryParse(kernel.Kernel[(before.Kernel.Length + 2)..^looped.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int channels))
        {
            return null;
        }

        return channels <= now.Rows.Where(row => row.Layer == kernel.Layer && added.Contains(row.Block, StringComparer.Ordinal)).Sum(row => row.Channels) ? channels == 1 ? "its last channel" : $"its last {Wording.Number(channels)} channels" : null;
    }

    private static IEnumerable<string> Tasks(Report report) => report.Rows.Where(row => row.Layer == "heads").Select(row => row.Block);

    private static string And(string[] words) => words.Length == 1 ? words[0] : string.Join(", ", words[..^1]) + " and " + words[^1];
}
