using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>
/// Makes a trained network small, step by step: it computes in its integers from the first step on, loses weights in the first half and learns with what is left in the second, by the labels
/// and by the float network's answers. Afterwards validation accuracy, of the integers, is measured now and then and the best state is kept.
/// </summary>
internal sealed class CompressionSession : ITrainingSession
{
    /// <summary>Steps between two choices of zeros, and between two looks at the lanes' bound.</summary>
    private const int PruningInterval = 10, BoundInterval = 5;

    /// <summary>Batches whose gradients say what may be pruned where nothing is learnt.</summary>
    private const int Looks = 4;

    /// <summary>The answers' temperature (Hinton et al. 2015).</summary>
    private const double Temperature = 2;

    private readonly IReadOnlyList<TaskData> tasks;
    private readonly CompressionOptions options;
    private readonly MultiTaskNetwork teacher;
    private readonly BatchSource source;
    private readonly AdamOptimiser optimiser;
    private readonly Pruning pruning;
    private readonly LaneBound bound;
    private readonly SessionState state;
    private IReadOnlyList<(Parameter Weight, Tensor Kept)> masks = [];

    /// <summary>A session before its first step.</summary>
    /// <param name="teacher">The float network; it stays as it is.</param>
    /// <param name="student">The same once more; it is taken over and changed.</param>
    /// <param name="tasks">Its tasks.</param>
    /// <param name="options">How.</param>
    public CompressionSession(MultiTaskNetwork teacher, MultiTaskNetwork student, IReadOnlyList<TaskData> tasks, CompressionOptions options)
    {
        (this.teacher, this.tasks, this.options) = (teacher, tasks, options);
        teacher.eval();
        var quantiser = new Quantiser(student, options.Widths);
        Network = new QuantisedNetwork(student, options.Widths, quantiser.Calibrate([.. tasks.Select(task => task.Train)], toNearest: true));
        source = new BatchSource(tasks, student.Shape.Input, options.Training);
        optimiser = new AdamOptimiser(Network.Learning);
        pruning = new Pruning(Network, optimiser);
        bound = new LaneBound(Network, options);
        state = new SessionState(Network, optimiser);
    }

    /// <summary>The network.</summary>
    public QuantisedNetwork Network { get; }

    /// <inheritdoc/>
    public int Step => state.Step;

    /// <inheritdoc/>
    public bool Finished => Step >= options.Training.Steps;

    /// <inheritdoc/>
    public string Machine
    {
        get => state.Machine;
        set => state.Machine = value;
    }

    /// <summary>Mean validation accuracy of the best state so far, or -1.</summary>
    public double BestAccuracy => state.BestAccuracy;

    /// <inheritdoc/>
    public StepReport RunStep()
    {
        StepReport report = Update();
        KeepBest();
        return report;
    }

    /// <summary>Puts the best state back: what is reported and exported. A session of no steps is rounded, its zeros chosen at once.</summary>
    public void UseBest()
    {
        if (state.UseBest())
            return;

        // Without a step, all at once.
        if (options.Training.Steps == 0 && options.Zeros > 0)
            PruneAtOnce();
        if (options.Lanes > 0)
            bound.Enforce();
    }

    /// <summary>Share of right answers of the integers per task.</summary>
    /// <param name="sets">One per task.</param>
    public double[] Accuracies(IReadOnlyList<SliceSet> sets) => [.. sets.Select((set, k) => set.Count == 0 ? 0 : (double)Evaluator.Correct(Classify(k, set.Codes), set.Classes) / set.Count)];

    /// <summary>The model file's content: the integers that the network computes in.</summary>
    /// <param name="labels">Names.</param>
    public ModelArtifact Export(ModelLabels labels)
    {
        var quantiser = new Quantiser(Network.Network, options.Widths);
        return quantiser.Export(Network.Calibration(), quantiser.TrainedGates(), labels);
    }

    /// <inheritdoc/>
    public void Save(string path, string identity) => state.Save(path, identity);

    /// <inheritdoc/>
    public void Load(string path, string identity)
    {
        state.Load(path, identity);
        KeepZeros();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        optimiser.Dispose();
        Network.Dispose();
    }

    private StepReport Update()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        (double loss, Tensor[] logits, Tensor[] classes) = Gradients(Step);
        optimiser.Step(Step, _ => options.Training.Rate(Step));
        state.Step++;
        Constrain();
        double[] accuracy = [.. logits.Zip(classes, (own, right) => (double)own.argmax(1).eq(right).to_type(ScalarType.Float32).mean().item<float>())];
        return new StepReport(Step, loss, accuracy, Network.Network.MeanGate());
    }

    /// <summary>The gradients of a step's batch, in place.</summary>
    private (double Loss, Tensor[] Logits, Tensor[] Classes) Gradients(int step)
    {
        Batch batch = source.Next(step);
        Tensor[] logits = Network.Forward(batch.Codes, batch.Slices);
        Tensor[] classes = [.. batch.Slices.Select(slice => batch.Classes.narrow(0, slice.Start, slice.Length))];
        Tensor loss = logits.Zip(classes, (own, right) => F.cross_entropy(own, right)).Aggregate((a, b) => a + b);
        if (options.Distillation > 0)
        {
            Tensor[] answers = Answers(batch);
            Tensor asked = logits.Zip(answers, (own, wanted) => Distance(own, wanted)).Aggregate((a, b) => a + b);
            loss = (1 - options.Distillation) * loss + options.Distillation * asked;
        }

        optimiser.ZeroGradients();
        loss.backward();
        double value = Faults.Step("loss", step + 1) ? double.NaN : loss.item<float>();
        Check(value);
        return (value, logits, classes);
    }

    /// <summary>All zeros at once, by the gradients of a few batches: what a network costs that has not learnt to live with them.</summary>
    private void PruneAtOnce()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        for (int look = 0; look < Looks; look++)
        {
            using DisposeScope scope = NewDisposeScope();
            Gradients(look);
            optimiser.Look();
        }

        pruning.Run(options.Zeros);
    }

    private Tensor[] Answers(Batch batch)
    {
        using IDisposable noGradient = no_grad();
        return teacher.Forward(batch.Codes, batch.Slices);
    }

    // Cross-entropy with softened answers; their own entropy, which nothing changes, is left in.
    private static Tensor Distance(Tensor own, Tensor wanted) =>
        -Temperature * Temperature * (F.softmax(wanted / Temperature, 1) * F.log_softmax(own / Temperature, 1)).sum(1).mean();

    // Before anything is changed, so that the state is the last step's where it does not hold.
    private void Check(double loss)
    {
        double length = nn.utils.clip_grad_norm_(Network.Learning.Select(each => each.Parameter), double.PositiveInfinity);
        if (!double.IsFinite(loss) || !double.IsFinite(length))
            throw new NotFiniteException(string.Create(CultureInfo.InvariantCulture, $"step {Step + 1}: {(double.IsFinite(loss) ? "the gradient" : $"the loss ({loss})")} is not finite"));
    }

    private void Constrain()
    {
        if (options.Zeros > 0 && Step <= options.LastPruning && (Step % PruningInterval == 0 || Step == options.LastPruning))
        {
            pruning.Run(options.ZerosAfter(Step));
            KeepZeros();
        }

        using IDisposable noGradient = no_grad();
        foreach ((Parameter weight, Tensor kept) in masks)
            weight.mul_(kept);
        if (Step % BoundInterval == 0 && bound.RoomAfter(Step) is { } room)
            bound.Apply(room);
    }

    private void KeepZeros()
    {
        Forget();
        masks = pruning.Masks();
    }

    private void Forget()
    {
        foreach ((_, Tensor kept) in masks)
            kept.Dispose();
        masks = [];
    }

    private void KeepBest()
    {
        if (Step <= options.LastPruning || !((Step - options.LastPruning) % options.Training.EvaluationInterval == 0 || Finished))
            return;
        if (options.Lanes > 0)
            bound.Enforce();
        state.Offer(Accuracies([.. tasks.Select(task => Evaluator.Thin(task.Validation, Evaluator.ValidationLimit))]).Average());
    }

    private int[] Classify(int task, IReadOnlyList<byte[]> slices)
    {
        using IDisposable noGradient = no_grad();
        return [.. slices.Chunk(Evaluator.Rows).SelectMany(rows =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor logits = Network.Forward(BatchSource.Images(rows, Network.Network.Shape.Input), [new BatchSlice(task, 0, rows.Length)])[0];
            return Finite.Require(logits, "a logit").argmax(1).data<long>().Select(found => (int)found).ToArray();
        })];
    }
}
