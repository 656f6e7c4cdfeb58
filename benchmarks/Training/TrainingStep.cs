using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Tests.Reference;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Benchmarks.Training;

/// <summary>Steps of the paper's size: the trainer's, or as they were before shared and own channels became one convolution.</summary>
internal sealed class TrainingStep : IDisposable
{
    private const int Tasks = 8, BatchSize = 256, Seed = 1;

    private static readonly InputSpec Input = new(Frames: 96, Bands: 64, Bits: 7);

    private readonly bool old, oldPause;
    private readonly MultiTaskNetwork network;
    private readonly AdamOptimiser optimiser;
    private readonly BatchSource source;
    private int step;

    /// <summary>A fresh network with its optimiser.</summary>
    /// <param name="old">The reference forward pass.</param>
    /// <param name="oldPause">A collector's pause of its own for each step, as it was.</param>
    public TrainingStep(bool old, bool oldPause)
    {
        this.old = old;
        this.oldPause = oldPause;
        var shape = new NetworkShape(Input, ValueArray.Of(6, 12, 24, 48, 96), 0.2m, Enumerable.Range(0, Tasks).Select(k => new TaskShape("task" + k, Classes(k))).ToValueArray());
        var options = new TrainingOptions(Steps: 1000, BatchSize, Seed, Lambda: 0, CostMeasure.Parameters);
        network = new MultiTaskNetwork(shape, Seed);
        network.train();
        optimiser = new AdamOptimiser(network.named_parameters().Select(p => (p.name, p.parameter)));
        source = new BatchSource([.. Enumerable.Range(0, Tasks).Select(Data)], Input, options);
    }

    /// <summary>Runs a step.</summary>
    public StepTimes Run()
    {
        using DisposeScope scope = NewDisposeScope();
        Batch batch = source.Next(step);
        if (oldPause)
            EndRegion();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        StepTimes times = oldPause ? UpdateAfterCollection(batch) : UpdateInPause(batch);
        return times with
        {
            Update = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            Processor = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        optimiser.Dispose();
        network.Dispose();
    }

    private StepTimes UpdateInPause(Batch batch)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        return Update(batch);
    }

    /// <summary>The collector's pause as it was: a region of its own for each step.</summary>
    private StepTimes UpdateAfterCollection(Batch batch)
    {
        GC.TryStartNoGCRegion(CollectorPause.Reserve);
        StepTimes times = Update(batch);
        EndRegion();
        return times;
    }

    private static void EndRegion()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
    }

    private StepTimes Update(Batch batch)
    {
        optimiser.ZeroGradients();
        long start = Stopwatch.GetTimestamp();
        Tensor[] logits = old ? ReferenceForward.Run(network, batch.Codes, batch.Slices) : network.Forward(batch.Codes, batch.Slices);
        double forward = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Tensor loss = logits
            .Zip(batch.Slices, (l, slice) => F.cross_entropy(l, batch.Classes.narrow(0, slice.Start, slice.Length)))
            .Aggregate((a, b) => a + b);
        loss.backward();
        double backward = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        optimiser.Step(step++, _ => TrainingOptions.PaperLearningRate);
        return new StepTimes(forward, backward, 0, 0, loss.item<float>());
    }

    private static int Classes(int task) => 4 + (5 * task);

    /// <summary>Random images with a brighter band that tells the class.</summary>
    private static TaskData Data(int task)
    {
        const int Count = 64;
        var codes = new List<byte[]>();
        var classes = new List<int>();
        for (int i = 0; i < Count; i++)
        {
            var random = new SeededRandom(Seed, task, i);
            int label = random.Next(Classes(task));
            codes.Add([.. Enumerable.Range(0, Input.Frames * Input.Bands).Select(p => (byte)Math.Min(127, random.Next(60) + (p % Input.Bands == label ? 60 : 0)))]);
            classes.Add(label);
        }

        var set = new SliceSet(codes, classes);
        return new TaskData("task" + task, [.. Enumerable.Range(0, Classes(task)).Select(c => "c" + c)], set, set, set);
    }
}
