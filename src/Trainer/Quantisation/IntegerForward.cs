using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>Every buffer of an integer forward pass, as float64 integers.</summary>
/// <param name="Shared">Codes per layer, [n, channels, …].</param>
/// <param name="Adapters">The same per task and layer, closed channels included (nothing reads them); empty for a task not asked for.</param>
/// <param name="Logits">Per task, [n, classes]; null for a task not asked for.</param>
internal sealed record IntegerTrace(IReadOnlyList<Tensor> Shared, IReadOnlyList<IReadOnlyList<Tensor>> Adapters, IReadOnlyList<Tensor?> Logits);

/// <summary>
/// The trainer's own integer forward pass of a model, many slices at a time. It follows the model file's definition, not the compiler's code, so that
/// agreement with <see cref="Interpreter.FixedPointInterpreter"/> says something.
/// </summary>
internal static class IntegerForward
{
    private const int Rows = 64;

    /// <summary>Runs the model.</summary>
    /// <param name="model">Weights, offsets and gates.</param>
    /// <param name="codes">Input codes as float64, [n, 1, frames, bands].</param>
    /// <param name="tasks">Indices of the tasks to run; null = all.</param>
    public static IntegerTrace Run(ModelArtifact model, Tensor codes, IReadOnlyCollection<int>? tasks = null)
    {
        using IDisposable noGradient = no_grad();
        var shared = new List<Tensor>();
        foreach (LayerArtifact layer in model.Shared)
            shared.Add(Block(layer, shared.Count == 0 ? codes : shared[^1], null, null));

        var adapters = new List<IReadOnlyList<Tensor>>();
        var logits = new List<Tensor?>();
        for (int k = 0; k < model.Tasks.Count; k++)
        {
            TaskArtifact task = model.Tasks[k];
            var own = new List<Tensor>();
            if (tasks?.Contains(k) == false)
            {
                adapters.Add(own);
                logits.Add(null);
                continue;
            }

            for (int i = 0; i < task.Layers.Count; i++)
            {
                Tensor below = i == 0 ? codes : shared[i - 1];
                own.Add(Block(task.Layers[i], below, i == 0 ? null : own[i - 1], i == 0 ? null : task.Layers[i - 1].Gates));
            }

            adapters.Add(own);
            logits.Add(Head(task, shared[^1], own[^1]));
        }

        return new IntegerTrace(shared, adapters, logits);
    }

    /// <summary>Right answers per task.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sets">Slices of each task.</param>
    public static int[] Correct(ModelArtifact model, IReadOnlyList<SliceSet> sets) => [.. sets.Select((set, k) => Evaluator.Correct(Classify(model, k, set.Codes), set.Classes))];

    /// <summary>Class of each slice.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">Index of the task.</param>
    /// <param name="slices">Codes.</param>
    public static int[] Classify(ModelArtifact model, int task, IReadOnlyList<byte[]> slices) => [.. Logits(model, task, slices).Select(scores => Array.IndexOf(scores, scores.Max()))];

    /// <summary>Logits of a task, of each slice.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">Index of the task.</param>
    /// <param name="slices">Codes.</param>
    /// <param name="progress">Told how many slices are done.</param>
    public static int[][] Logits(ModelArtifact model, int task, IReadOnlyList<byte[]> slices, Action<int>? progress = null)
    {
        var all = new List<int[]>();
        foreach (byte[][] rows in slices.Chunk(Rows))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor logits = Run(model, BatchSource.Images(rows, model.Input).to_type(ScalarType.Float64), [task]).Logits[task]!;
            all.AddRange(logits.data<double>().ToArray().Select(logit => checked((int)logit)).Chunk((int)logits.shape[1]));
            progress?.Invoke(all.Count);
        }

        return [.. all];
    }

    /// <summary>Codes of one layer.</summary>
    /// <param name="layer">Integers of the layer.</param>
    /// <param name="shared">Codes of its shared inputs.</param>
    /// <param name="own">Codes of its own inputs, or null.</param>
    /// <param name="gates">Gates of its own inputs, or null.</param>
    public static Tensor Block(LayerArtifact layer, Tensor shared, Tensor? own, ValueArray<bool>? gates)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        Tensor bias = Bias(layer.Channels.Select(c => (c.Bias, c.Offsets)), gates);
        Tensor accumulators = IntegerBlock.Accumulate(layer.Kind, Join(shared, own, gates), IntegerBlock.Weights(layer), bias);
        Tensor divisor = tensor(layer.Channels.Select(c => (double)(1L << c.Shift)).ToArray());
        return IntegerBlock.Requantise(accumulators, divisor, (1 << layer.ActivationBits) - 1).MoveToOuterDisposeScope();
    }

    private static Tensor Head(TaskArtifact task, Tensor shared, Tensor own)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        ValueArray<bool> gates = task.Layers[^1].Gates;
        Tensor weights = tensor(task.Head.Classes.SelectMany(c => c.Weights).Select(w => (double)w).ToArray()).reshape(task.Head.Classes.Count, -1);
        Tensor bias = Bias(task.Head.Classes.Select(c => (c.Bias, c.Offsets)), gates);
        return IntegerBlock.Accumulate(LayerKind.Dense, Join(shared, own, gates), weights, bias).MoveToOuterDisposeScope();
    }

    /// <summary>Shared and own channels; a closed channel reads as 0.</summary>
    public static Tensor Join(Tensor shared, Tensor? own, ValueArray<bool>? gates) => own is null
        ? shared
        : cat([shared, own * IntegerBlock.PerChannel(tensor(gates!.Select(open => open ? 1.0 : 0.0).ToArray()), own)], 1);

    /// <summary>Biases, an open input's offset added.</summary>
    private static Tensor Bias(IEnumerable<(int Bias, ValueArray<int> Offsets)> channels, ValueArray<bool>? gates) => tensor(channels
        .Select(c => (double)c.Bias + c.Offsets.Where((_, i) => gates![i]).Sum(offset => (double)offset))
        .ToArray());
}
