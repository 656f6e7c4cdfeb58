using System;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.FrontEnds;

/// <summary>
/// Sound to codes in whole numbers: the definition (docs/front-end.md) that the trainer hears with and that generated code repeats bit for bit.
/// </summary>
/// <remarks>
/// Two frames are a group with one block shift. Nothing overflows where it matters, whatever the samples are (docs/front-end.md). Holds buffers that every frame reuses: one instance for one thread.
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
    private readonly int[] halves;

    /// <summary>Prepares tables, program and buffers.</summary>
    /// <param name="spec">Parameters.</param>
    /// <param name="input">Bands and bits of the codes; frames do not matter here.</param>
    /// <exception cref="ArgumentException">The parameters are outside of <see cref="IntegerMelLimits"/>; the message says which and what is allowed.</exception>
    public IntegerMel(IntegerMelSpec spec, InputSpec input)
    {
        Spec = spec ?? throw new ArgumentNullException(nameof(spec));
        Input = input ?? throw new ArgumentNullException(nameof(input));
        if (spec.IsSparse && spec.IsFine)
            throw new ArgumentException("bands are sparse or fine: a model file has no word for both", nameof(spec));
        Window = new FoldedWindow(spec.WindowLength, spec.IsFine ? spec.HopLength / 2 : 0);
        Bands = new MelBands(spec, input.Bands);
        HalfBins = new HalfBins(Bands, spec.HopLength);
        Transform = RealTransform.Create(Bands.Bins, TransformScale);
        Levels = new LevelTable(spec.CodesPerOctave, spec.Floor, InputBits.Highest(input), InputBits.Lost(input));
        parts = new int[Transform.Outputs.Count];
        magnitudes = new int[Bands.LastBin];
        halves = new int[Bands.LastBin];
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

    /// <summary>Half bins between those of the transform, of fine bands.</summary>
    public HalfBins HalfBins { get; }

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
                magnitudes[Bands.Bins[i] - 1] = (int)(Magnitude(Bands.Bins[i], parts[2 * i], parts[(2 * i) + 1]) >> (MagnitudeShift - shift));
            for (int i = 0; i < HalfBins.All.Count; i++)
                halves[HalfBins.All[i].Bin - 1] = (int)(Magnitude(HalfBins.All[i].Bin, HalfBins.Real(i, frame, parts), HalfBins.Imaginary(i, frame, parts)) >> (MagnitudeShift - shift));
            for (int band = 0; band < Input.Bands; band++)
                codes[at + (frame * Input.Bands) + band] = Levels.Code(Bands.Half(band) is var bin && bin > 0 ? 4 * halves[bin - 1] : Bands.Sum(band, magnitudes));
        }
    }

    // One less than the absolute value where that is of a negative number: what a device does in one operation.
    private static long Absolute(long part) => part ^ (part >> 63);

    // Half the difference more makes an octagon of a square.
    private long Magnitude(int bin, long real, long imaginary)
    {
        long first = Absolute(real), second = Absolute(imaginary);
        return first + second + (IntegerMelLimits.IsOctagon(Spec, bin) ? Absolute(first - second) >> 1 : 0);
    }
}
