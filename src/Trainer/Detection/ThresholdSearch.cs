using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Detection;

/// <summary>What one threshold of a class does.</summary>
/// <param name="Threshold">How far ahead it must be.</param>
/// <param name="FalseAlarms">Detections of it in recordings of other classes.</param>
/// <param name="Missed">Recordings of it in which it is not detected.</param>
internal readonly record struct DetectionPoint(int Threshold, int FalseAlarms, int Missed);

/// <summary>A class's threshold, and what others would do.</summary>
/// <param name="Chosen">The least threshold with so few false alarms.</param>
/// <param name="Hours">Of recordings of other classes.</param>
/// <param name="Recordings">Of the class.</param>
/// <param name="Curve">Thresholds rising: the detection error trade-off.</param>
internal sealed record ClassThreshold(DetectionPoint Chosen, double Hours, int Recordings, IReadOnlyList<DetectionPoint> Curve)
{
    /// <summary>False alarms an hour.</summary>
    public double PerHour => Hours > 0 ? Chosen.FalseAlarms / Hours : 0;

    /// <summary>
    /// False alarms an hour that such a count does not rule out with 95 % confidence: where there was none, three in the hours that were heard ("rule of three"), in
    /// general the upper limit of a Poisson distribution, here by the normal approximation of its square root, one above the count.
    /// </summary>
    public double PerHourAtMost => Hours > 0 ? (Chosen.FalseAlarms == 0 ? 3.0 : Math.Pow(Math.Sqrt(Chosen.FalseAlarms + 1) + 0.82, 2)) / Hours : double.PositiveInfinity;
}

/// <summary>Chooses thresholds on recordings: for each class by itself the least with which it gives no more false alarms an hour than are wanted.</summary>
internal static class ThresholdSearch
{
    /// <summary>Points of a curve.</summary>
    private const int CurvePoints = 60;

    /// <summary>Thresholds of every class.</summary>
    /// <param name="recordings">Of a split that training did not see.</param>
    /// <param name="classes">Classes of the task.</param>
    /// <param name="smoothing">As of a <see cref="DetectionRule"/>.</param>
    /// <param name="refractory">As there.</param>
    /// <param name="perHour">False alarms an hour that are wanted at most.</param>
    public static IReadOnlyList<ClassThreshold> Of(IReadOnlyList<HeardRecording> recordings, int classes, int smoothing, int refractory, double perHour) =>
        [.. Enumerable.Range(0, classes).Select(c => Of(recordings, classes, c, smoothing, refractory, perHour))];

    private static ClassThreshold Of(IReadOnlyList<HeardRecording> recordings, int classes, int sought, int smoothing, int refractory, double perHour)
    {
        HeardRecording[] own = [.. recordings.Where(recording => recording.Class == sought)], others = [.. recordings.Where(recording => recording.Class != sought)];
        double hours = others.Sum(recording => recording.Seconds) / 3600;
        int allowed = (int)Math.Floor(perHour * hours);
        // Thresholds change something only where some decision's lead lies: just above each of them one fewer decision passes.
        int[] wrong = [.. Above(others.SelectMany(recording => Leads(recording, sought, smoothing)))];
        DetectionPoint chosen = At(wrong.Length == 0 ? 0 : wrong[^1]);
        for (int i = wrong.Length - 2; i >= -1; i--)
        {
            DetectionPoint next = At(i < 0 ? 0 : wrong[i]);
            if (next.FalseAlarms > allowed)
                break;
            chosen = next;
        }

        int[] all = [0, .. Above(recordings.SelectMany(recording => Leads(recording, sought, smoothing)))];
        int[] shown = [.. Enumerable.Range(0, Math.Min(CurvePoints, all.Length)).Select(i => all[(int)((long)i * (all.Length - 1) / Math.Max(1, Math.Min(CurvePoints, all.Length) - 1))]).Distinct()];
        return new ClassThreshold(chosen, hours, own.Length, [.. shown.Select(At)]);

        DetectionPoint At(int threshold)
        {
            var rule = new DetectionRule(smoothing, refractory, Enumerable.Range(0, classes).Select(c => c == sought ? threshold : DetectionRule.Never).ToValueArray());
            return new DetectionPoint(threshold, others.Sum(recording => recording.Detections(rule).Count()), own.Count(recording => !recording.Detections(rule).Any()));
        }
    }

    private static IEnumerable<int> Above(IEnumerable<int> leads) => leads.Where(lead => lead < int.MaxValue).Select(lead => lead + 1).Distinct().Order();

    // How far the class is ahead, decision by decision, where it is.
    private static IEnumerable<int> Leads(HeardRecording recording, int sought, int smoothing)
    {
        for (int i = 0; i < recording.Logits.Count; i++)
        {
            int[] sums = [.. Enumerable.Range(0, recording.Logits[i].Length).Select(c => Enumerable.Range(Math.Max(0, i - smoothing + 1), Math.Min(i + 1, smoothing)).Sum(k => recording.Logits[k][c]))];
            if (Array.IndexOf(sums, sums.Max()) == sought)
                yield return sums[sought] - sums.Where((_, c) => c != sought).Max();
        }
    }
}
