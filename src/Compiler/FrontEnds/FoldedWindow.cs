using System;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.FrontEnds;

/// <summary>
/// A periodic Hann window of whole numbers, and where its samples go: a window of up to 480 samples folded onto 240 points keeps its spectrum at every
/// 240th of the rate, because a circular shift does not change a magnitude.
/// </summary>
public sealed class FoldedWindow
{
    /// <summary>The weight at the middle; rounding a weight to this unit leaves -97 dB of a tone elsewhere in the spectrum.</summary>
    public const int Scale = 3840;

    /// <summary>Folded 16-bit samples lie in [-2^this, 2^this): no two weights that meet at a point are more than <see cref="Scale"/> together.</summary>
    public const int FoldedBits = 27;

    private readonly int[] weights;
    private readonly int middle;

    /// <summary>The window of so many samples.</summary>
    /// <param name="length">Samples.</param>
    /// <param name="before">Samples by which the middle of a group's first window lies before point 0.</param>
    public FoldedWindow(int length, int before = 0)
    {
        if (length is < IntegerMelLimits.LeastWindow or > IntegerMelLimits.Window)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"windows of {IntegerMelLimits.LeastWindow} to {IntegerMelLimits.Window} samples are folded");
        middle = (length / 2) + before;
        weights = new int[length];
        for (int i = 0; i < length; i++)
            weights[i] = (int)Circle.Round((Circle.One - Circle.Cosine(i, length)) / 2, Scale);
        Weights = weights.ToValueArray();
    }

    /// <summary>One weight a sample, 0 to <see cref="Scale"/>.</summary>
    public ValueArray<int> Weights { get; }

    /// <summary>The point of the transform that sample <paramref name="sample"/> of a frame goes to.</summary>
    /// <param name="sample">From the frame's first one.</param>
    /// <param name="offset">Samples from the group's first frame to this one: the frames of a group share their points.</param>
    public int Point(int sample, int offset)
    {
        int place = (sample + offset - middle) % RealTransform.Points;
        return place < 0 ? place + RealTransform.Points : place;
    }

    /// <summary>Folds samples: point p becomes the sum of weight x sample over the samples that go there.</summary>
    /// <param name="samples">16-bit sound; beyond its end it is silent.</param>
    /// <param name="start">The frame's first sample.</param>
    /// <param name="offset">As of <see cref="Point"/>.</param>
    /// <param name="folded">240 numbers.</param>
    internal void Fold(short[] samples, int start, int offset, int[] folded)
    {
        Array.Clear(folded, 0, folded.Length);
        int point = Point(0, offset);
        int count = Math.Min(weights.Length, samples.Length - start);
        for (int i = 0; i < count; i++)
        {
            folded[point] += weights[i] * samples[start + i];
            point = point + 1 == RealTransform.Points ? 0 : point + 1;
        }
    }
}
