using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Kernels.Detection;
using AdapterCompiler.Model;

namespace AdapterCompiler.Cli;

/// <summary>One slice, classified.</summary>
/// <param name="Second">Where it starts.</param>
/// <param name="Logits">Per task one per class.</param>
/// <param name="Scores">Per task one score per class, 0-1, together 1: the softmax of the integer logits on their scale.</param>
/// <param name="Detected">Per task the class that is detected, as <see cref="DetectionKernels.FindDetection"/> says it on the device; -1 for none.</param>
internal sealed record SliceResult(double Second, IReadOnlyList<int[]> Logits, IReadOnlyList<double[]> Scores, IReadOnlyList<int> Detected);

/// <summary>Sound to scores: the model's front end, then the generated code, checked against the interpreter on every slice.</summary>
/// <param name="artifact">The model file.</param>
/// <param name="network">Its tasks that are asked for.</param>
/// <param name="model">The generated code.</param>
/// <param name="hop">Frames from one slice to the next; 0: half a slice.</param>
/// <param name="gain">How often samples are doubled first, and held to 16 bits, as <c>Push</c> does of bytes.</param>
internal sealed class SoundClassifier(ModelArtifact artifact, Network network, HostedModel model, int hop, int gain)
{
    private readonly int hopFrames = hop > 0 ? hop : Math.Max(1, artifact.Input.Frames / 2);
    private readonly SoundFrontEnd frontEnd = SoundFrontEnd.For(artifact.FrontEnd, artifact.Input);
    private readonly double[] scales = [.. network.Tasks.Select(task => double.Parse(Described(artifact, task).Head.Scale, CultureInfo.InvariantCulture))];

    /// <summary>The tasks that it answers, as the model file has them.</summary>
    public IReadOnlyList<TaskArtifact> Tasks { get; } = [.. network.Tasks.Select(task => Described(artifact, task))];

    /// <summary>Shortest sound that is classified: one frame of the front end. From there to a slice it lies in the middle of silence.</summary>
    public double LeastSeconds => frontEnd.Slices.LeastSamples / Rate;

    /// <summary>Length of a slice, in seconds.</summary>
    public double SliceSeconds => frontEnd.Slices.SampleCount / Rate;

    private double Rate => artifact.FrontEnd.SampleRate;

    /// <summary>Windows of a sound that comes in pieces, each classified as soon as it is whole; before the first nothing was heard.</summary>
    /// <param name="found">Told every slice in order.</param>
    public SlidingWindow Listen(Action<SliceResult> found)
    {
        int[][] recent = [.. network.Tasks.Select(task => new int[task.RecentLength])];
        return new(frontEnd.Slices.SampleCount, hopFrames * frontEnd.Slices.FrameSamples, (samples, start) => found(Classify(samples, start, recent)));
    }

    /// <summary>Scores of one window.</summary>
    /// <exception cref="InvalidOperationException">Generated code and interpreter differ: a defect, never the user's mistake.</exception>
    private SliceResult Classify(ReadOnlySpan<float> samples, long start, int[][] recent)
    {
        byte[] codes = frontEnd.Codes(gain == 0 ? samples : Louder(samples, gain));
        model.Run(codes, -1);
        Inference expected = FixedPointInterpreter.Run(network, codes);
        for (int k = 0; k < network.Tasks.Count; k++)
        {
            if (!expected.Logits[k].SequenceEqual(model.Logits(k)))
                throw new InvalidOperationException($"task {network.Tasks[k].Name}: generated code and interpreter differ. Please report it with the model file.");
        }

        return new SliceResult(
            start / Rate,
            [.. network.Tasks.Select((_, k) => (int[])model.Logits(k).Clone())],
            [.. scales.Select((scale, k) => Softmax(model.Logits(k), scale))],
            [.. network.Tasks.Select((task, k) => task.Detection is { } rule
                ? DetectionKernels.FindDetection(model.Logits(k), recent[k], [.. rule.Thresholds], rule.Smoothing, rule.Refractory)
                : -1)]);
    }

    /// <summary>Samples in [-1, 1), doubled so many times and held to 16 bits.</summary>
    internal static float[] Louder(ReadOnlySpan<float> samples, int gain)
    {
        float[] louder = new float[samples.Length];
        for (int i = 0; i < louder.Length; i++)
            louder[i] = Math.Clamp(samples[i] * (1 << gain), -1, short.MaxValue / 32768f);
        return louder;
    }

    private static TaskArtifact Described(ModelArtifact artifact, NetworkTask task) => artifact.Tasks.Single(each => each.Name == task.Name);

    private static double[] Softmax(int[] logits, double scale)
    {
        int most = logits.Max();
        double[] powers = [.. logits.Select(logit => Math.Exp((logit - (double)most) * scale))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
