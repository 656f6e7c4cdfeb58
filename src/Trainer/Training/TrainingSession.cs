using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Training;

/// <summary>What a step measured, on its own batch.</summary>
/// <param name="Step">Steps done, from 1.</param>
/// <param name="Loss">Sum of the tasks' cross-entropies and of lambda times the cost.</param>
/// <param name="Accuracy">Per task, share of its slice of the batch.</param>
/// <param name="MeanGate">Mean of all gate values after the step.</param>
public sealed record StepReport(int Step, double Loss, IReadOnlyList<double> Accuracy, double MeanGate);

/// <summary>
/// Trains one network, step by step: cross-entropy per task plus lambda times the adapters' cost (equation 5), Adam, gates with a rising slope that
/// are locked at <see cref="TrainingOptions.LockStep"/>. Afterwards validation accuracy is measured now and then and the best state is kept.
/// </summary>
internal sealed class TrainingSession : ITrainingSession
{
    private const string RevivedKey = "revived";

    private readonly IReadOnlyList<TaskData> tasks;
    private readonly TrainingOptions options;
    private readonly BatchSource source;
    private readonly AdamOptimiser optimiser;
    private readonly StepGuard guard;
    private readonly GateRule? rule;
    private readonly CostPrices prices;
    private readonly SessionState state;

    /// <summary>A session before its first step.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="tasks">Its tasks.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="start">What it begins with; fresh weights and gates that learn unless given.</param>
    public TrainingSession(NetworkShape shape, IReadOnlyList<TaskData> tasks, TrainingOptions options, TrainingStart? start = null)
    {
        this.tasks = tasks;
        this.options = options;
        Network = new MultiTaskNetwork(shape, options.Seed);
        rule = start?.Gates;
        prices = AdapterCost.Prices(shape, options.Lambda == 0 || shape.Alpha is null ? CostMeasure.Parameters : options.Cost);
        if (start?.Encoder is { } encoder)
            Network.TakeEncoder(encoder, start.Use);
        if (options.GatesStayOpen)
            Network.LockGates();
        if (rule is { LooksAtNorms: false })
            rule.Apply(Network);
        FiringStart.Prepare(Network, tasks);
        source = new BatchSource(tasks, shape.Input, options);
        optimiser = new AdamOptimiser(Network.named_parameters().Select(p => (p.name, p.parameter)));
        guard = new StepGuard(Network);
        state = new SessionState(Network, optimiser);
    }

    public MultiTaskNetwork Network { get; }

    /// <inheritdoc/>
    public int Step => state.Step;

    /// <inheritdoc/>
    public bool Finished => Step >= options.Steps;

    /// <inheritdoc/>
    public string Machine
    {
        get => state.Machine;
        set => state.Machine = value;
    }

    /// <summary>Mean validation accuracy of the best state so far, or -1.</summary>
    public double BestAccuracy => state.BestAccuracy;

    /// <summary>Channels that were found dead on the way and given a new start.</summary>
    public int Revived { get; private set; }

    /// <inheritdoc/>
    public StepReport RunStep()
    {
        if (options.LooksForDeadChannels(Step))
            Revived += Revival.Run(Network, tasks, optimiser, options.Seed, Step);
        StepReport report = Update();
        KeepBest();
        return report;
    }

    /// <summary>Cost of all adapters with the gates as they are.</summary>
    public Tensor Cost() => Enumerable.Range(0, tasks.Count)
        .Select(k => AdapterCost.Of(
            Network.Shape, prices, tasks[k].Labels.Count, rule is { LooksAtNorms: true } ? GateRule.Scales(Network, k) : Network.Adapters[k].Select(block => block.Sigma(Network.Slope)!.sum()).ToArray()))
        .Aggregate((a, b) => a + b);

    /// <inheritdoc/>
    public void UseBest()
    {
        state.UseBest();
        Network.Slope = Gates.LastSlope;
        Network.eval();
    }

    /// <inheritdoc/>
    public void Save(string path, string identity) => state.Save(path, identity, (RevivedKey, Revived.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public void Load(string path, string identity) => Revived = int.Parse(state.Load(path, identity)[RevivedKey], CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose()
    {
        guard.Dispose();
        optimiser.Dispose();
        Network.Dispose();
    }

    private StepReport Update()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        if (Step == options.LockStep)
            LockGates();
        Network.Slope = Gates.Slope((double)Step / Math.Max(1, options.LockStep));
        Network.train();

        guard.Begin(Step + 1);
        Batch batch = source.Next(Step);
        Tensor[] logits = Network.Forward(batch.Codes, batch.Slices);
        Tensor[] classes = batch.Slices.Select(slice => batch.Classes.narrow(0, slice.Start, slice.Length)).ToArray();
        Tensor loss = logits.Zip(classes, (l, c) => F.cross_entropy(l, c)).Zip(batch.Slices, (entropy, slice) => Weighted(entropy, slice.Task)).Aggregate((a, b) => a + b);
        if (Step < options.LockStep && Network.Shape.Alpha is not null && (!options.GatesStayOpen || rule is { LooksAtNorms: true }))
            loss += options.Lambda * Cost();

        optimiser.ZeroGradients();
        loss.backward();
        Network.KeepFrozenTaps();
        guard.Check(Step + 1, loss.item<float>());
        optimiser.Step(Step, Rate);
        state.Step++;
        double[] accuracy = logits.Zip(classes, (l, c) => l.argmax(1).eq(c).to_type(ScalarType.Float32).mean().item<float>()).Select(a => (double)a).ToArray();
        return new StepReport(Step, loss.item<float>(), accuracy, Network.MeanGate());
    }

    private void LockGates()
    {
        if (rule is { LooksAtNorms: true })
            rule.Apply(Network);
        else
            Network.LockGates();
    }

    // A weight of 1 changes no bit of the loss: nothing is multiplied.
    private Tensor Weighted(Tensor entropy, int task) => options.TaskWeights is { } weights && weights[task] != 1 ? weights[task] * entropy : entropy;

    private double Rate(string parameter) => parameter.EndsWith("gate", StringComparison.Ordinal) ? options.RateOfGates(Step) : options.Rate(Step);

    private void KeepBest()
    {
        bool due = Step > options.LockStep && ((Step - options.LockStep) % options.EvaluationInterval == 0 || Finished);
        if (due)
            state.Offer(Evaluator.Accuracies(Network, tasks.Select(t => t.Validation).ToArray(), Evaluator.ValidationLimit).Average());
    }
}
