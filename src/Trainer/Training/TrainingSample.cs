using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>Some training slices of every task, evenly spread over its split and as they are: what initialisation and revival look at.</summary>
internal static class TrainingSample
{
    /// <summary>Slices of all tasks together, about.</summary>
    private const int Slices = 96;

    private const int LeastPerTask = 16;

    /// <summary>The sample as one batch.</summary>
    /// <param name="tasks">Tasks with training slices.</param>
    /// <param name="input">Shape of a slice.</param>
    public static (Tensor Codes, IReadOnlyList<BatchSlice> Rows) Of(IReadOnlyList<TaskData> tasks, InputSpec input)
    {
        byte[][][] chosen = [.. tasks.Select(task => Evaluator.Thin(task.Train, Math.Max(LeastPerTask, Slices / tasks.Count)).Codes.ToArray())];
        BatchSlice[] rows = [.. chosen.Select((codes, k) => new BatchSlice(k, chosen.Take(k).Sum(c => c.Length), codes.Length))];
        return (BatchSource.Images([.. chosen.SelectMany(c => c)], input), rows);
    }
}
