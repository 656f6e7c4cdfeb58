using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;

namespace AdapterCompiler.Cli;

/// <summary>One slice's logits, each task's own copy.</summary>
internal sealed record SliceResult(double Second, IReadOnlyList<TaskLogits> Tasks);

/// <summary>Logits of one task.</summary>
internal sealed record TaskLogits(string Name, ValueArray<string> Labels, int[] Logits);

/// <summary>Sound to logits: the model's front end, then the generated code, checked against the interpreter on every slice.</summary>
internal sealed class SoundClassifier(ModelArtifact artifact, Network network, HostedModel model)
{
    // Half a slice from one to the next.
    private readonly int hopFrames = Math.Max(1, artifact.Input.Frames / 2);
    private readonly SoundFrontEnd frontEnd = SoundFrontEnd.For(artifact.FrontEnd, artifact.Input);

    /// <summary>Length of one slice in seconds.</summary>
    public double SliceSeconds => frontEnd.Slices.SampleCount / (double)artifact.FrontEnd.SampleRate;

    /// <summary>Long enough for one slice.</summary>
    public bool Fits(AudioClip clip) => frontEnd.Slices.Count(clip.Samples.Length, hopFrames) > 0;

    /// <summary>Every whole slice of a clip.</summary>
    /// <exception cref="InvalidOperationException">Generated code and interpreter differ: a defect, never the user's mistake.</exception>
    public IReadOnlyList<SliceResult> Classify(AudioClip clip) =>
        [.. frontEnd.Slices.Starts(clip.Samples.Length, hopFrames).Select(start => Classify(clip.Samples, start))];

    private SliceResult Classify(float[] samples, int start)
    {
        byte[] codes = frontEnd.Codes(samples.AsSpan(start, frontEnd.Slices.SampleCount));
        model.Run(codes, -1);
        Inference expected = FixedPointInterpreter.Run(network, codes);
        for (int k = 0; k < network.Tasks.Count; k++)
        {
            if (!expected.Logits[k].SequenceEqual(model.Logits(k)))
                throw new InvalidOperationException($"task {network.Tasks[k].Name}: generated code and interpreter differ. Please report it with the model file.");
        }

        return new SliceResult(
            start / (double)artifact.FrontEnd.SampleRate,
            [.. network.Tasks.Select((task, k) => new TaskLogits(task.Name, task.Labels, (int[])model.Logits(k).Clone()))]);
    }
}
