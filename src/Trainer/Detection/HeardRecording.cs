using System.Collections.Generic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Kernels.Detection;

namespace AdapterCompiler.Trainer.Detection;

/// <summary>A recording as a task's head hears it.</summary>
/// <param name="Class">Its class; -1 where it has none that the model knows.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Logits">Of every decision, in order of time.</param>
internal sealed record HeardRecording(int Class, double Seconds, IReadOnlyList<int[]> Logits)
{
    /// <summary>Classes detected, in order of time, from before the first decision.</summary>
    public IEnumerable<int> Detections(DetectionRule rule)
    {
        int[] recent = new int[rule.RecentLength], thresholds = rule.Thresholds.ToArray();
        foreach (int[] logits in Logits)
        {
            int found = DetectionKernels.FindDetection(logits, recent, thresholds, rule.Smoothing, rule.Refractory);
            if (found >= 0)
                yield return found;
        }
    }
}
