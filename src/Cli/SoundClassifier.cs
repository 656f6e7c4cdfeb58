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
    private readonly LogMelFrontEnd frontEnd = new(artifact.FrontEnd, artifact.Input);

    /// <summary>What a clip must have in seconds; from there to a slice it is padded.</summary>
    public double LeastSeconds => frontEnd.Slices.LeastSamples / (double)artifact.FrontEnd.SampleRate;

    /// <summary>Long enough to be classified.</summary>
    public bool Fits(AudioClip clip) => clip.Samples.Length >= frontEnd.Slices.LeastSamples;

    /// <summary>Every whole slice of a clip; one that is shorter is padded to a slice, itself in the middle.</summary>
    /// <exception cref="InvalidOperationException">Generated code and interpreter differ: a defect, never the user's mistake.</exception>
    public IReadOnlyList<SliceResult> Classify(AudioClip clip)
    {
        float[] samples = frontEnd.Slices.Filled(clip.Samples);
        return [.. frontEnd.Slices.Starts(samples.Length, hopFrames).Select(start => Classify(samples, start))];
    }

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
