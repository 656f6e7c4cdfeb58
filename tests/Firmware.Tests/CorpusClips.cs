using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Interpreter;
using AdapterCompiler.SelfTest;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.FirmwareTests;

/// <summary>A clip per task from the test split of the quickstart's corpus, as the model's front end hears it.</summary>
internal static class CorpusClips
{
    // The quickstart's seed; a class of each task takes its turn within so many slices.
    private const int Seed = 1;
    private const int Candidates = 24;

    /// <summary>For every task of the corpus the first slice that the model gets right, or the first one if it gets none.</summary>
    public static IReadOnlyList<Clip> All() => [.. BuiltInCorpus.TaskNames.Select((_, task) => First(task))];

    private static Clip First(int task)
    {
        string name = BuiltInCorpus.TaskNames[task];
        int position = QuickstartModel.Network.Tasks.Select(each => each.Name).ToList().IndexOf(name);
        IEnumerable<(Clip Clip, string Label)> candidates = Enumerable.Range(0, Candidates).Select(index => Make(task, name, index));
        return candidates
            .Where(candidate => candidate.Label == Heard(position, candidate.Clip))
            .Append(candidates.First())
            .First().Clip;
    }

    private static string Heard(int task, Clip clip)
    {
        Inference inference = FixedPointInterpreter.Run(QuickstartModel.Network, ClipEmitter.Restored(QuickstartModel.Network, clip));
        return QuickstartModel.Network.Tasks[task].Labels[inference.Class(task)];
    }

    private static (Clip Clip, string Label) Make(int task, string name, int index)
    {
        string label = BuiltInCorpus.Labels(task)[index % BuiltInCorpus.Labels(task).Count];
        float[] samples = BuiltInCorpus.Samples(Seed, task, BuiltInSplit.Test, index);
        var frontEnd = SoundFrontEnd.For(QuickstartModel.Artifact.FrontEnd, QuickstartModel.Artifact.Input);
        byte[] loudest = frontEnd.Slices.Starts(samples.Length, 1)
            .Select(start => frontEnd.Codes(samples.AsSpan(start, frontEnd.Slices.SampleCount)))
            .MaxBy(codes => codes.Sum(code => code))!;
        return (new Clip(FormattableString.Invariant($"Test slice {index} of the built-in task {name}: {label}"), loudest.ToValueArray()), label);
    }
}
