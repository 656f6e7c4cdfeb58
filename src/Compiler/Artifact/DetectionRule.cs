namespace AdapterCompiler.Artifact;

/// <summary>
/// When a decision on a task is a detection: the logits of the last decisions are added, class by class; the class with the greatest sum, the first of
/// equals, is detected where it is ahead of every other by its threshold; after that nothing is for a while.
/// </summary>
/// <param name="Smoothing">Decisions whose logits are added, 1 to <see cref="MostSmoothing"/>; those before the first count as 0.</param>
/// <param name="Refractory">Decisions after a detection on which there is none, 0 to <see cref="MostRefractory"/>.</param>
/// <param name="Thresholds">For each class how far it must be ahead, in units of the sum; <see cref="Never"/> where it is never detected.</param>
public sealed record DetectionRule(int Smoothing, int Refractory, ValueArray<int> Thresholds)
{
    /// <summary>Most decisions that are added.</summary>
    public const int MostSmoothing = 16;

    /// <summary>Most decisions without a detection.</summary>
    public const int MostRefractory = 1_000;

    /// <summary>Ints that hold what the last decisions were: two, the sum of each class, the logits of each decision.</summary>
    public int RecentLength => 2 + (Thresholds.Count * (Smoothing + 1));

    /// <summary>The threshold of a class that is not to be detected, such as "none of these".</summary>
    public const int Never = -1;
}
