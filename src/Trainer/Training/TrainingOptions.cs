using System;
using AdapterCompiler.Trainer.Networks;

namespace AdapterCompiler.Trainer.Training;

/// <summary>How a network is trained. The multi-head baseline and the adapter network of one comparison share one value of this.</summary>
/// <param name="Steps">Batches in all.</param>
/// <param name="BatchSize">Samples of a batch; each task gets an equal slice of it.</param>
/// <param name="Seed">Decides initial weights, order of samples and augmentation.</param>
/// <param name="Lambda">Weight of the adapters' cost in the loss (equation 5).</param>
/// <param name="Cost">What the cost counts.</param>
/// <param name="LearningRate">Adam's first learning rate; it falls to 2 % along half a cosine.</param>
/// <param name="Augment">Vary level, noise and position of training slices (<see cref="Augmentation"/>).</param>
/// <param name="Balance">Draw the classes of a task alike where they are uneven (<see cref="ClassBalance"/>).</param>
/// <param name="AllOpen">Every gate stays open: adapters of full width, to compare with.</param>
/// <param name="TaskWeights">w_k, by which each task's cross-entropy counts in the loss (equation 5); null for 1.</param>
/// <param name="ConstantRate">The learning rate does not fall, as in the paper.</param>
/// <param name="Masks">Hide some bands and frames of training slices (<see cref="Augmentation.Mask"/>).</param>
/// <param name="GateRate">Adam's first learning rate of the gate variables; null for <see cref="GateRateFactor"/> times the weights'.</param>
public sealed record TrainingOptions(
    int Steps,
    int BatchSize,
    int Seed,
    double Lambda,
    CostMeasure Cost,
    double LearningRate = TrainingOptions.PaperLearningRate,
    bool Augment = true,
    bool Balance = true,
    bool AllOpen = false,
    ValueArray<double>? TaskWeights = null,
    bool ConstantRate = false,
    bool Masks = false,
    double? GateRate = null)
{
    /// <summary>The paper's learning rate.</summary>
    public const double PaperLearningRate = 1e-3;

    /// <summary>
    /// Gate variables learn this much faster than weights where no rate of theirs is given: some hundred steps carry a gate anywhere so. In thousands such a rate carries it by the noise
    /// of the batches alone, and a gate that once closed has no gradient to come back by; then the paper's rate is better.
    /// </summary>
    public const double GateRateFactor = 10;

    /// <summary>Share of the steps after which gates are locked; the rest trains the network that remains, and selection looks at these steps only.</summary>
    public const double LockAfter = 0.7;

    private const double LastRate = 0.02;

    private const int Revivals = 10, LeastRevivalInterval = 5;

    /// <summary>True where gates are open from the first step on and do not learn: without a cost there is no reason to close one.</summary>
    public bool GatesStayOpen => AllOpen || Lambda == 0;

    /// <summary>Gates are locked before this step runs, counted from 0.</summary>
    public int LockStep => (int)Math.Round(LockAfter * Steps);

    /// <summary>Steps of the locked phase after which validation accuracy is measured; the last step is always one.</summary>
    public int EvaluationInterval => Math.Max(1, (Steps - LockStep) / 6);

    /// <summary>
    /// True before the steps at which dead channels are looked for and revived: about ten times until the gates are locked, and once then. Later there is no time left to learn with
    /// them; what is dead at the end is counted and reported.
    /// </summary>
    /// <param name="step">Counted from 0.</param>
    public bool LooksForDeadChannels(int step) =>
        step == LockStep || (step > 0 && step < LockStep && step % Math.Max(LeastRevivalInterval, LockStep / Revivals) == 0);

    /// <summary>Learning rate of the weights in step <paramref name="step"/>, counted from 0.</summary>
    public double Rate(int step) => LearningRate * Falling(step);

    /// <summary>Learning rate of the gate variables in step <paramref name="step"/>, counted from 0: it falls as the weights' does, and is 0 where gates stay open and once they are locked.</summary>
    public double RateOfGates(int step) =>
        GatesStayOpen || step >= LockStep ? 0 : GateRate is { } rate ? rate * Falling(step) : Rate(step) * GateRateFactor;

    /// <summary>What a user would have to change, or null.</summary>
    /// <param name="tasks">Number of tasks.</param>
    public string? Problem(int tasks)
    {
        if (Steps < 1)
            return FormattableString.Invariant($"--steps is {Steps}; at least 1 is needed.");
        if (BatchSize < 2 * tasks)
            return FormattableString.Invariant($"--batch is {BatchSize}; {tasks} tasks need at least 2 samples each, {2 * tasks}.");
        if (!(Lambda >= 0 && double.IsFinite(Lambda)))
            return FormattableString.Invariant($"--lambda is {Lambda}; it must be 0 or above, and the larger it is, the more gates close. Without it the default is taken.");
        if (!(LearningRate > 0 && LearningRate <= 1))
            return FormattableString.Invariant($"--learning-rate is {LearningRate}; it must lie above 0 and be 1 at most. The paper uses 0.001.");
        if (GateRate is { } gates && !(gates > 0 && gates <= 1))
            return FormattableString.Invariant($"--gate-rate is {gates}; it must lie above 0 and be 1 at most. The paper uses 0.001.");
        return null;
    }

    private double Falling(int step) => ConstantRate ? 1 : LastRate + ((1 - LastRate) * 0.5 * (1 + Math.Cos(Math.PI * step / Steps)));
}
