using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>Calibration slices with what the float network makes of them in some of its layers.</summary>
/// <param name="Images">Codes, float32, [n, 1, frames, bands].</param>
/// <param name="Rows">Which of them are a task's, in the order of the tasks.</param>
/// <param name="Shared">ReLU outputs of the shared encoder, float64, of the layers asked for; null for others.</param>
/// <param name="Adapters">The same per task.</param>
/// <param name="Logits">Per task, float64.</param>
internal sealed record CalibrationSlices(
    Tensor Images, IReadOnlyList<BatchSlice> Rows, IReadOnlyList<Tensor?> Shared, IReadOnlyList<IReadOnlyList<Tensor?>> Adapters, IReadOnlyList<Tensor> Logits)
{
    /// <summary>Slices that are computed at a time: images of whole layers are large.</summary>
    public const int Chunk = 64;

    /// <summary>Runs the float network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">Slices per task.</param>
    /// <param name="perTask">Most slices of a task, evenly spread.</param>
    /// <param name="wanted">Which layers are kept, counted from 1.</param>
    public static CalibrationSlices Of(MultiTaskNetwork network, IReadOnlyList<SliceSet> training, int perTask, Func<int, bool> wanted)
    {
        byte[][][] chosen = [.. training.Select(set => Evaluator.Thin(set, perTask).Codes.ToArray())];
        BatchSlice[] rows = [.. chosen.Select((codes, k) => new BatchSlice(k, chosen.Take(k).Sum(c => c.Length), codes.Length))];
        int layers = network.Shape.Layers;
        List<Tensor>[] shared = [.. Enumerable.Range(0, layers).Select(_ => new List<Tensor>())];
        List<Tensor>[][] adapters = [.. chosen.Select(_ => Enumerable.Range(0, layers).Select(_ => new List<Tensor>()).ToArray())];
        List<Tensor>[] logits = [.. chosen.Select(_ => new List<Tensor>())];
        for (int k = 0; k < chosen.Length; k++)
        {
            foreach (byte[][] part in chosen[k].Chunk(Chunk))
            {
                using DisposeScope scope = NewDisposeScope();
                ForwardTrace trace = network.Trace(BatchSource.Images(part, network.Shape.Input), [new BatchSlice(k, 0, part.Length)]);
                for (int i = 0; i < layers; i++)
                {
                    if (!wanted(i + 1))
                        continue;
                    shared[i].Add(Kept(trace.Shared[i]));
                    adapters[k][i].Add(Kept(trace.Adapters[0][i]));
                }

                logits[k].Add(Kept(trace.Logits[0]));
            }
        }

        return new CalibrationSlices(
            BatchSource.Images([.. chosen.SelectMany(codes => codes)], network.Shape.Input), rows, [.. shared.Select(Joined)], [.. adapters.Select(own => own.Select(Joined).ToArray())], [.. logits.Select(parts => Joined(parts)!)]);
    }

    private static Tensor Kept(Tensor values) => values.to_type(ScalarType.Float64).MoveToOuterDisposeScope();

    private static Tensor? Joined(List<Tensor> parts) => parts.Count == 0 ? null : cat([.. parts]);
}
