using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics.X86;
using AdapterCompiler.Benchmarks.Output;

namespace AdapterCompiler.Benchmarks.Training;

/// <summary>Times a training step of the paper's size against what it was, side by side: the variants take turns, each in processes that stay alive.</summary>
internal static class TrainingRun
{
    /// <summary>Steps of each variant; the first ones warm up.</summary>
    private const int Rounds = 11, WarmUp = 2;

    /// <summary>Largest difference of two right losses, as a share: float sums in another order.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Measures, writes the result file.</summary>
    /// <returns>1 where losses differ.</returns>
    public static int Write(string path, string commit)
    {
        bool[] kinds = [false, true];
        (bool Safe, int Threads)[] settings = [.. kinds.SelectMany(safe => Enumerable.Range(1, 2).Where(n => n <= Environment.ProcessorCount).Select(n => (safe, n)))];
        List<Comparison> comparisons = [.. settings.Select(setting => Compare(setting.Safe, setting.Threads))];

        // The definition at SSE4.1 is right on every machine tried; elsewhere it is not on all (issue "Training that is right on every machine").
        double right = comparisons.First(c => c.Safe).Variant("as it was").Loss;
        string text = Text(comparisons, right, commit);
        Console.WriteLine(text);
        File.WriteAllText(path, text);
        Variant[] wrong = [.. comparisons.SelectMany(c => c.Variants.Where(v => (v.Name == New || c.Safe) && !Equal(v.Loss, right)))];
        foreach (Variant variant in wrong)
            Console.Error.WriteLine(FormattableString.Invariant($"loss {variant.Loss} of '{variant.Name}' is not {right}"));
        return wrong.Length == 0 ? 0 : 1;
    }

    private const string New = "now";

    private static bool Equal(double loss, double right) => Math.Abs(loss - right) <= Tolerance * Math.Abs(right);

    private static Comparison Compare(bool safe, int threads)
    {
        using StepWorker.Handle today = new StepWorker(Malloc: true, safe, threads).Start(), before = new StepWorker(Malloc: false, safe, threads).Start();
        (string Name, Func<StepTimes> Step)[] variants =
        [
            ("as it was", () => before.Step(old: true)),
            ("as it was, in the process of \"now\"", () => today.Step(old: true)),
            (New, () => today.Step(old: false)),
        ];
        List<StepTimes>[] times = [.. variants.Select(_ => new List<StepTimes>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int v = 0; v < variants.Length; v++)
                times[v].Add(variants[v].Step());
            Console.Error.WriteLine(FormattableString.Invariant($"{(safe ? "safe" : "widest")}, {threads} threads, round {round + 1}: {string.Join(", ", times.Select(t => $"{t[^1].Update:0} ms"))}"));
        }

        return new Comparison(safe, threads, [.. variants.Zip(times, (variant, list) => new Variant(variant.Name, list[0].Loss, list[WarmUp..]))]);
    }

    private static string Text(List<Comparison> comparisons, double right, string commit)
    {
        var lines = new List<string>
        {
            "# A training step, now and before",
            "",
            "The paper's size: 8 tasks, channels 6,12,24,48,96, alpha 0.2, batches of 256 images of 96 x 64 codes. Made by `dotnet run -c Release --project benchmarks -- training`: the variants take turns step by",
            FormattableString.Invariant($"step; medians of {Rounds - WarmUp} steps each after {WarmUp} to warm up, milliseconds by the clock and, where it says so, of processor time, which does not count what other processes take. \"Now\" is the trainer. \"As it was\" is one convolution per encoder and layer (the tests' reference,"),
            "tests/Trainer.Tests/Reference) with a full collection before every step, in a process without the trainer's malloc settings; the second row is that forward pass in the very process of \"now\", so with",
            "today's malloc settings and pause of the collector. \"Where oneDNN is wrong\" is a processor whose wide code the check before training refuses: \"as it was\" then needs oneDNN held at SSE4.1,",
            "\"now\" is the trainer's own kernels. The loss is that of the first step, from equal weights.",
            "",
            FormattableString.Invariant($"Commit {commit}, {Environment.ProcessorCount} processors with {Features()}."),
            "",
        };
        foreach (Comparison comparison in comparisons)
        {
            Variant now = comparison.Variant(New);
            lines.Add(FormattableString.Invariant($"## {(comparison.Safe ? "Where oneDNN is wrong" : "Widest instruction set")}, {comparison.Threads} thread{(comparison.Threads == 1 ? "" : "s")}"));
            lines.Add("");
            lines.AddRange(Markdown.Table(
                ["step", "forward", "forward, loss, backward", "whole update", "its processor time", "times as fast: forward to backward", "whole update", "processor time", "loss"],
                comparison.Variants.Select(v => (IReadOnlyList<string>)
                [
                    v.Name, Markdown.Number(v.Median(t => t.Forward)), Markdown.Number(v.Median(t => t.Backward)), Markdown.Number(v.Median(t => t.Update)), Markdown.Number(v.Median(t => t.Processor)),
                    v == now ? "" : Markdown.Number(v.Median(t => t.Backward) / now.Median(t => t.Backward)),
                    v == now ? "" : Markdown.Number(v.Median(t => t.Update) / now.Median(t => t.Update)),
                    v == now ? "" : Markdown.Number(v.Median(t => t.Processor) / now.Median(t => t.Processor)),
                    FormattableString.Invariant($"{v.Loss:F4}{(Equal(v.Loss, right) ? "" : " (wrong)")}"),
                ])));
        }

        lines.RemoveAt(lines.Count - 1);
        return string.Join('\n', lines) + "\n";
    }

    private static string Features()
    {
        (string Name, bool Has)[] features = [("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AVX-512", Avx512F.IsSupported)];
        string[] names = [.. features.Where(f => f.Has).Select(f => f.Name)];
        return names.Length == 0 ? "none of AVX2, FMA, AVX-512" : string.Join(", ", names);
    }

    private sealed record Comparison(bool Safe, int Threads, Variant[] Variants)
    {
        public Variant Variant(string name) => Variants.Single(v => v.Name == name);
    }

    private sealed record Variant(string Name, double Loss, List<StepTimes> Times)
    {
        public double Median(Func<StepTimes, double> part) => Times.Select(part).Order().ElementAt(Times.Count / 2);
    }
}
