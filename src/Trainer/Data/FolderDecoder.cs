using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data.Leaks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Data;

/// <summary>One slice of a recording.</summary>
/// <param name="Codes">Frames x bands.</param>
/// <param name="Margin">Silence around it.</param>
internal sealed record Slice(byte[] Codes, Margin Margin);

/// <summary>One file's slices, or why there are none.</summary>
/// <param name="Slices">In order of time.</param>
/// <param name="Seconds">Length of the file.</param>
/// <param name="Hash">SHA-256 of its bytes; empty for skipped files.</param>
/// <param name="Print">What it sounds like; null for skipped files.</param>
/// <param name="Skip">Why it was skipped, or null.</param>
/// <param name="Message">Detail on that; of a file that is used, what was wrong with it, or empty.</param>
internal sealed record FileSlices(IReadOnlyList<Slice> Slices, double Seconds, string Hash, SoundPrint? Print, SkipReason? Skip, string Message)
{
    public static FileSlices Skipped(SkipReason reason, string message, double seconds = 0) => new([], seconds, "", null, reason, message);
}

/// <summary>Decodes files on all processors; result i belongs to file i.</summary>
internal sealed class FolderDecoder(FrontEndSpec spec, InputSpec input, FolderOptions options)
{
    private const int PlaceStream = 11;

    public IReadOnlyList<FileSlices> DecodeAll(IReadOnlyList<FolderFile> files, IProgress<FolderProgress>? progress)
    {
        var results = new FileSlices[files.Count];
        int done = 0;
        Parallel.For(
            0,
            files.Count,
            () => SoundFrontEnd.For(spec, input),
            (i, _, frontEnd) =>
            {
                results[i] = Decode(files[i], i, frontEnd);
                progress?.Report(new FolderProgress(Interlocked.Increment(ref done), files.Count));
                return frontEnd;
            },
            _ => { });
        return results;
    }

    private FileSlices Decode(FolderFile file, int number, SoundFrontEnd frontEnd)
    {
        AudioResult result = AudioReader.Read(file.Path);
        if (result is AudioFailure failure)
            return FileSlices.Skipped(SkipReasons.Of(failure.Problem), failure.Message);

        var clip = (AudioClip)result;
        SliceLayout layout = frontEnd.Slices;
        if (clip.Samples.Length < layout.LeastSamples)
        {
            double needed = layout.LeastSamples / (double)AudioReader.SampleRate;
            return FileSlices.Skipped(SkipReason.TooShort, FormattableString.Invariant($"{clip.Seconds:F3} s, at least {needed:F3} s are needed"), clip.Seconds);
        }

        byte[] codes = frontEnd.Codes(clip.Samples);
        List<Slice> slices = clip.Samples.Length < layout.SampleCount ? Padded(clip.Samples, file.Split, number, frontEnd) : Cut(clip.Samples, codes, file.Split, layout);
        return slices.Count == 0
            ? FileSlices.Skipped(SkipReason.Silent, FormattableString.Invariant($"nothing in {clip.Seconds:F1} s is louder than -60 dB of full scale"), clip.Seconds)
            : new FileSlices(slices, clip.Seconds, Hash(file.Path), SoundPrint.Of(codes, input.Bands), Skip: null, clip.Warning ?? "");
    }

    // A frame's codes are its samples' alone: those of a slice are rows of the recording's.
    private List<Slice> Cut(float[] samples, byte[] codes, FolderSplit split, SliceLayout layout)
    {
        var slices = new List<Slice>();
        foreach (int start in layout.Starts(samples.Length, options.HopFrames(split)))
        {
            if (!Silence.IsSilent(samples.AsSpan(start, layout.SampleCount)))
                slices.Add(new Slice(codes.AsSpan(start / layout.FrameSamples * input.Bands, input.Frames * input.Bands).ToArray(), default));
        }

        return slices;
    }

    // Anywhere in training, where every batch moves it again; in the middle otherwise, as a user's program would hear it at best.
    private List<Slice> Padded(float[] samples, FolderSplit split, int number, SoundFrontEnd frontEnd)
    {
        if (Silence.IsSilent(samples))
            return [];
        SliceLayout layout = frontEnd.Slices;
        int room = layout.SampleCount - samples.Length;
        int start = split == FolderSplit.Train ? new SeededRandom(options.Seed, PlaceStream, number).Next(room + 1) : room / 2;
        int before = start < layout.LeastSamples ? 0 : ((start - layout.LeastSamples) / layout.FrameSamples) + 1;
        int after = Math.Max(0, input.Frames - ((start + samples.Length + layout.FrameSamples - 1) / layout.FrameSamples));
        return [new Slice(frontEnd.Codes(layout.Filled(samples, start)), new Margin(before, after))];
    }

    private static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
