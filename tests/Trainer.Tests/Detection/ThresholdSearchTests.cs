using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Detection;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Detection;

public sealed class ThresholdSearchTests
{
    /// <summary>Logits at random, a recording's own class a little ahead: the chosen threshold keeps the wanted rate, and the next one below it does not.</summary>
    [Fact]
    public void The_least_threshold_with_few_enough_false_alarms_is_chosen()
    {
        int bound = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            int classes = random.Next(2, 5), smoothing = random.Next(1, 4), refractory = random.Next(4);
            double perHour = random.Next(0, 200);
            HeardRecording[] recordings = [.. Enumerable.Range(0, 20).Select(i => Recording(random, (i % (classes + 1)) - 1, classes))];
            IReadOnlyList<ClassThreshold> found = ThresholdSearch.Of(recordings, classes, smoothing, refractory, perHour);
            for (int c = 0; c < classes; c++)
            {
                double allowed = Math.Floor(perHour * found[c].Hours);
                Assert.InRange(found[c].Chosen.FalseAlarms, 0, allowed);
                Assert.Equal(recordings.Count(each => each.Class == c), found[c].Recordings);
                Assert.Equal((found[c].Chosen.FalseAlarms, found[c].Chosen.Missed), Count(recordings, c, Rule(found[c].Chosen.Threshold, c)));
                Assert.Equal(found[c].Curve.Select(point => point.Threshold).Order(), found[c].Curve.Select(point => point.Threshold));
                Assert.True(found[c].PerHourAtMost > found[c].PerHour);
                if (found[c].Chosen.Threshold == 0)
                    continue;
                Assert.True(Count(recordings, c, Rule(found[c].Chosen.Threshold - 1, c)).FalseAlarms > allowed);
                bound++;
            }

            DetectionRule Rule(int threshold, int sought) =>
                new(smoothing, refractory, Enumerable.Range(0, classes).Select(c => c == sought ? threshold : DetectionRule.Never).ToValueArray());
        }

        Assert.True(bound > 20, $"only {bound} thresholds had to be above 0");
    }

    private static HeardRecording Recording(Random random, int own, int classes) => new(
        own, 60, [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, classes).Select(c => random.Next(-100, 100) + (c == own ? 60 : 0)).ToArray())]);

    private static (int FalseAlarms, int Missed) Count(HeardRecording[] recordings, int sought, DetectionRule rule) => (
        recordings.Where(each => each.Class != sought).Sum(each => each.Detections(rule).Count()),
        recordings.Count(each => each.Class == sought && !each.Detections(rule).Any()));
}
