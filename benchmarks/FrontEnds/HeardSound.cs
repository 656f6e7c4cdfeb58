using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Benchmarks.FrontEnds;

/// <summary>Figures of one kind of sound.</summary>
/// <param name="name">Kind.</param>
internal sealed class HeardSound(string name)
{
    private readonly long[] errors = new long[256];

    public string Name { get; } = name;

    public int Recordings { get; private set; }

    public long Frames { get; private set; }

    /// <summary>Frames that the generated class heard too, and those of them with another code.</summary>
    public long Compared { get; private set; }

    public long Different { get; private set; }

    public double MeanError => errors.Select((count, error) => (double)count * error).Sum() / errors.Sum();

    /// <summary>The error that a share of all codes does not pass.</summary>
    public int Percentile(double share)
    {
        long passed = 0, all = errors.Sum();
        for (int error = 0; error < errors.Length; error++)
        {
            passed += errors[error];
            if (passed >= share * all)
                return error;
        }

        return errors.Length;
    }

    /// <summary>Takes a recording: the definition against its float on every frame.</summary>
    public byte[] Add(IntegerMel definition, PlainMel plain, short[] samples)
    {
        byte[] codes = definition.Codes(samples);
        InputSpec input = definition.Input;
        int frames = codes.Length / input.Bands;
        for (int frame = 0; frame < frames; frame++)
        {
            int[] exact = plain.Frame(samples, frame);
            for (int band = 0; band < input.Bands; band++)
                errors[Math.Abs(exact[band] - codes[(frame * input.Bands) + band])]++;
        }

        Recordings++;
        Frames += frames;
        return codes;
    }

    /// <summary>Takes what the generated class heard of the same recording.</summary>
    public void Compare(byte[] codes, IReadOnlyList<byte> heard, int bands)
    {
        for (int frame = 0; frame < heard.Count / bands; frame++)
        {
            Compared++;
            if (!heard.Skip(frame * bands).Take(bands).SequenceEqual(codes.Skip(frame * bands).Take(bands)))
                Different++;
        }
    }
}
