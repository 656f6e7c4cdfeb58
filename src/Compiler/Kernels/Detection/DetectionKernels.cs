namespace AdapterCompiler.Kernels.Detection;

/// <summary>Which decision is a detection (<see cref="Artifact.DetectionRule"/>): the definition, for trainer and device; the marked method is copied into generated code.</summary>
/// <remarks>
/// An array of ints, <c>recent</c>, holds what a task's last decisions were: 0 the oldest one's place, 1 decisions for which nothing is detected, then the sum of each
/// class, then the logits of each decision. All of them 0 is before the first decision.
/// </remarks>
public static class DetectionKernels
{
    // <copied FindDetection>
    /// <summary>Takes the logits of one more decision. Returns the class that is detected, -1 where none is.</summary>
    public static int FindDetection(int[] logits, int[] recent, int[] thresholds, int smoothing, int refractory)
    {
        int classes = logits.Length;
        int place = recent[0];
        int oldest = 2 + classes + (place * classes);
        int best = 0;
        int first = int.MinValue;
        int second = int.MinValue;
        for (int i = 0; i < classes; i++)
        {
            int sum = recent[2 + i] + logits[i] - recent[oldest + i];
            recent[2 + i] = sum;
            recent[oldest + i] = logits[i];
            if (sum > first)
            {
                second = first;
                first = sum;
                best = i;
            }
            else if (sum > second)
            {
                second = sum;
            }
        }

        place++;
        recent[0] = place < smoothing ? place : 0;
        int rest = recent[1];
        if (rest > 0)
        {
            recent[1] = rest - 1;
            return -1;
        }

        if (thresholds[best] < 0 || first - second < thresholds[best])
            return -1;
        recent[1] = refractory;
        return best;
    }
    // </copied>
}
