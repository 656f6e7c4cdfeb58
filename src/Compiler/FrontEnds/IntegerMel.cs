using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.FrontEnds;

/// <summary>
/// Sound to codes in whole numbers: the definition (docs/front-end.md) that the trainer hears with and that generated code repeats bit for bit.
/// </summary>
/// <remarks>
/// Two frames are a group with one block shift. Nothing overflows where it matters, whatever the samples are: <see cref="HighestPart"/> says how
/// much room is left. Holds buffers that every frame reuses: one instance for one thread.
/// </remarks>
public sealed class IntegerMel
{
    /// <summary>Frames of a group: each has half of an Int64 on the device.</summary>
    public const int GroupFrames = 2;

    /// <summary>The transform's constants are multiples of 1 / this: what fits, and 3 x 2^10, so that every constant of a lone real part is exact.</summary>
    public const int TransformScale = 3072;

    /// <summary>A bin's magnitude is shifted right by this less the block shift, to the same unit in every group.</summary>
    public const int MagnitudeShift = 23;

    private readonly int[][] folded = [new int[RealTransform.Points], new int[RealTransform.Points]];
    private readonly int[] parts;
    private readonly int[] magnitudes;

    /// <summary>Prepares tables, program and buffers.</summary>
    /// <param name="spec">Parameters.</param>
    /// <param name="input">Bands and bits of the codes; frames do not matter here.</param>
    /// <exception cref="ArgumentException">The parameters are outside of <see cref="IntegerMelLimits"/>; the message says which and what is allowed.</exception>
    public IntegerMel(IntegerMelSpec spec, InputSpec input)
    {
        Spec = spec ?? throw new ArgumentNullException(nameof(spec));
        Input = input ?? throw new ArgumentNullException(nameof(input));
        Window = new FoldedWindow(spec.WindowLength);
        Bands = new MelBands(spec, input.Bands);
        Transform = RealTransform.Create(Bands.Bins, TransformScale);
        Levels = new LevelTable(spec.CodesPerOctave, spec.Floor, InputBits.Highest(input), InputBits.Lost(input));
        parts = new int[Transform.Outputs.Count];
        magnitudes = new int[Bands.LastBin];
    }

    /// <summary>The parameters.</summary>
    public IntegerMelSpec Spec { get; }

    /// <summary>Shape of an image.</summary>
    public InputSpec Input { get; }

    /// <summary>Window weights, and the points that they go to.</summary>
    public FoldedWindow Window { get; }

    /// <summary>From 240 points to the parts of the bins that bands read.</summary>
    public LinearProgram Transform { get; }

    /// <summary>The mel bands.</summary>
    public MelBands Bands { get; }

    /// <summary>The logarithm.</summary>
    public LevelTable Levels { get; }

    /// <summary>Samples under a group.</summary>
    public int GroupSamples => Spec.WindowLength + ((GroupFrames - 1) * Spec.HopLength);

    /// <summary>Whole windows in so many samples.</summary>
    public int FrameCount(int length) => length < Spec.WindowLength ? 0 : ((length - Spec.WindowLength) / Spec.HopLength) + 1;

    /// <summary>Codes of every whole window, row-major, <see cref="FrameCount"/> x bands. Frames 0 and 1 are a group, 2 and 3 and so on.</summary>
    /// <param name="samples">Mono, at the spec's rate. Where the last group is not whole, silence follows.</param>
    public byte[] Codes(short[] samples)
    {
        if (samples is null)
            throw new ArgumentNullException(nameof(samples));
        int frames = FrameCount(samples.Length);
        byte[] codes = new byte[frames * Input.Bands];
        for (int frame = 0; frame < frames; frame += GroupFrames)
            Group(samples, frame * Spec.HopLength, codes, frame * Input.Bands, Math.Min(GroupFrames, frames - frame));
        return codes;
    }

    /// <summary>
    /// The largest magnitude that a part of a bin can have, over all samples: below 2^31, so that the sums, which are computed modulo 2^32,
    /// are the true ones. It is attained by points at the ends of their range.
    /// </summary>
    public long HighestPart() => PartBounds().Max();

    /// <summary>The largest sum that a band can have, over all samples: below 2^31.</summary>
    public long HighestBand()
    {
        long[] bounds = PartBounds();
        return Enumerable.Range(0, Bands.Count).Max(band => Bands[band].Sum(share =>
            share.Quarters * ((bounds[2 * Place(share.Bin)] + bounds[(2 * Place(share.Bin)) + 1]) >> (MagnitudeShift - BlockShift.Highest))));

        int Place(int bin) => Bands.Bins.TakeWhile(each => each != bin).Count();
    }

    private void Group(short[] samples, int start, byte[] codes, int at, int frames)
    {
        for (int frame = 0; frame < GroupFrames; frame++)
            Window.Fold(samples, start + (frame * Spec.HopLength), frame * Spec.HopLength, folded[frame]);
        int shift = BlockShift.Of(folded);
        for (int frame = 0; frame < frames; frame++)
        {
            int[] points = folded[frame];
            for (int point = 0; point < points.Length; point++)
                points[point] >>= shift;
            Transform.Run(points, parts);
            for (int i = 0; i < Bands.Bins.Count; i++)
                magnitudes[Bands.Bins[i] - 1] = (int)((Magnitude(parts[2 * i]) + Magnitude(parts[(2 * i) + 1])) >> (MagnitudeShift - shift));
            for (int band = 0; band < Input.Bands; band++)
                codes[at + (frame * Input.Bands) + band] = Levels.Code(Bands.Sum(band, magnitudes));
        }
    }

    // For each part 2^PointBits x the sum of its row's magnitudes.
    private long[] PartBounds()
    {
        var bounds = new long[parts.Length];
        int[] impulse = new int[RealTransform.Points];
        for (int point = 0; point < impulse.Length; point++)
        {
            impulse[point] = 1;
            Transform.Run(impulse, parts);
            impulse[point] = 0;
            for (int part = 0; part < parts.Length; part++)
                bounds[part] += Math.Abs((long)parts[part]) << BlockShift.PointBits;
        }

        return bounds;
    }

    // One less than the absolute value where that is of a negative number: what a device does in one operation.
    private static long Magnitude(int part) => part ^ (part >> 31);
}
