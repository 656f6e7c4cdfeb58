using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Kernels.Detection;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>Detections are what <see cref="DetectionRule"/> says, and generated code gives them.</summary>
public sealed class DetectionTests
{
    [Fact]
    public void Every_decision_is_judged_as_the_rule_says()
    {
        int detections = 0, held = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int classes = random.Next(2, 6);
            var rule = new DetectionRule(random.Next(1, 6), random.Next(5), Enumerable.Range(0, classes).Select(_ => random.Next(5) == 0 ? DetectionRule.Never : random.Next(20)).ToValueArray());
            int[][] decisions = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, classes).Select(_ => random.Next(-20, 20)).ToArray())];
            int[] recent = new int[rule.RecentLength];
            int quiet = 0;
            for (int i = 0; i < decisions.Length; i++)
            {
                int[] sums = [.. Enumerable.Range(0, classes).Select(c => decisions.Skip(i - rule.Smoothing + 1).Take(Math.Min(i + 1, rule.Smoothing)).Sum(logits => logits[c]))];
                int best = Array.IndexOf(sums, sums.Max()), lead = sums[best] - sums.Where((_, c) => c != best).Max();
                bool passes = rule.Thresholds[best] >= 0 && lead >= rule.Thresholds[best];
                int expected = quiet == 0 && passes ? best : -1;
                held += quiet > 0 && passes ? 1 : 0;
                quiet = expected >= 0 ? rule.Refractory : Math.Max(0, quiet - 1);
                detections += expected >= 0 ? 1 : 0;
                Assert.Equal(expected, DetectionKernels.FindDetection(decisions[i], recent, rule.Thresholds.ToArray(), rule.Smoothing, rule.Refractory));
            }
        }

        Assert.True(detections > 1_000 && held > 300, $"{detections} detections, {held} held back");
    }

    [Fact]
    public void A_generated_class_detects_after_its_runs_what_the_definition_does()
    {
        GeneratedCase[] cases = [.. Enumerable.Range(0, 24).Select(seed => (seed, RandomArtifacts.Create(seed))).Where(each => each.Item2.Tasks.Any(task => task.Detection is not null)).Take(4).Select(each => GeneratedCase.Create(each.seed, each.Item2))];
        Assert.Equal(4, cases.Length);
        var batch = new GeneratedBatch(cases);
        foreach (GeneratedCase c in cases)
        {
            HostedModel model = batch.Model(c);
            (int Number, DetectionRule Rule, Func<int> Detect, int[] Recent)[] tasks = [.. c.Artifact.Tasks.Select((task, k) => (task, k)).Where(each => each.task.Detection is not null).Select(each => (
                each.k, each.task.Detection!, batch.Type(c).GetMethod(c.Result.Program!.Names[each.k].Detect)!.CreateDelegate<Func<int>>(), new int[each.task.Detection!.RecentLength]))];
            for (int run = 0; run < 4; run++)
            {
                foreach (byte[] codes in RandomInputs.For(c.Network.Input, run))
                {
                    Assert.True(model.Run(codes, -1));
                    Inference expected = FixedPointInterpreter.Run(c.Whole, codes);
                    foreach ((int number, DetectionRule rule, Func<int> detect, int[] recent) in tasks)
                        Assert.Equal(DetectionKernels.FindDetection(expected.Logits[number], recent, rule.Thresholds.ToArray(), rule.Smoothing, rule.Refractory), detect());
                }
            }
        }
    }
}
