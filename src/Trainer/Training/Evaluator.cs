using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>Classifies slices with the float network in evaluation mode.</summary>
internal static class Evaluator
{
    /// <summary>Slices per task that selection looks at; a larger set is thinned out evenly.</summary>
    public const int ValidationLimit = 1000;

    /// <summary>Slices of a forward pass.</summary>
    public const int Rows = 64;

    /// <summary>Share of right answers per task.</summary>
    /// <param name="network">The network; left in evaluation mode.</param>
    /// <param name="sets">One per task.</param>
    /// <param name="limit">Most slices of a task.</param>
    public static double[] Accuracies(MultiTaskNetwork network, IReadOnlyList<SliceSet> sets, int limit = int.MaxValue) => sets
        .Select((set, k) =>
        {
            SliceSet chosen = Thin(set, limit);
            int[] found = Classify(network, k, chosen.Codes);
            return found.Length == 0 ? 0 : (double)Correct(found, chosen.Classes) / found.Length;
        })
        .ToArray();

    /// <summary>Class of each slice.</summary>
    public static int[] Classify(MultiTaskNetwork network, int task, IReadOnlyList<byte[]> slices)
    {
        network.eval();
        using IDisposable noGradient = no_grad();
        var classes = new List<int>(slices.Count);
        foreach (byte[][] rows in slices.Chunk(Rows))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor logits = network.Forward(BatchSource.Images(rows, network.Shape.Input), [new BatchSlice(task, 0, rows.Length)])[0];
            classes.AddRange(Finite.Require(logits, "a logit").argmax(1).data<long>().Select(c => (int)c));
        }

        return [.. classes];
    }

    /// <summary>Right answers.</summary>
    public static int Correct(IReadOnlyList<int> found, IReadOnlyList<int> classes) => found.Zip(classes).Count(pair => pair.First == pair.Second);

    /// <summary>At most <paramref name="limit"/> slices, evenly spread.</summary>
    public static SliceSet Thin(SliceSet set, int limit)
    {
        if (set.Count <= limit)
            return set;
        int[] chosen = Enumerable.Range(0, limit).Select(i => (int)((long)i * set.Count / limit)).ToArray();
        return new SliceSet([.. chosen.Select(i => set.Codes[i])], [.. chosen.Select(i => set.Classes[i])]);
    }
}
