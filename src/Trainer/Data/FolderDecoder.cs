using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data;

/// <summary>One file's slices, or why there are none.</summary>
/// <param name="Codes">One array per slice.</param>
/// <param name="Seconds">Length of the file.</param>
/// <param name="Fingerprint">SHA-256 of its bytes; empty for skipped files.</param>
/// <param name="Skip">Why it was skipped, or null.</param>
/// <param name="Message">Detail on that.</param>
internal sealed record FileSlices(IReadOnlyList<byte[]> Codes, double Seconds, string Fingerprint, SkipReason? Skip, string Message)
{
    public static FileSlices Skipped(SkipReason reason, string message, double seconds = 0) => new([], seconds, "", reason, message);
}

/// <summary>Decodes files on all processors; result i belongs to file i.</summary>
internal sealed class FolderDecoder(FrontEndSpec spec, InputSpec input, FolderOptions options)
{
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
                results[i] = Decode(files[i], frontEnd);
                progress?.Report(new FolderProgress(Interlocked.Increment(ref done), files.Count));
                return frontEnd;
            },
            _ => { });
        return results;
    }

    private FileSlices Decode(FolderFile file, SoundFrontEnd frontEnd)
    {
        AudioResult result = AudioReader.Read(file.Path);
        if (result is AudioFailure failure)
            return FileSlices.Skipped(SkipReasons.Of(failure.Problem), failure.Message);

        var clip = (AudioClip)result;
        SliceLayout layout = frontEnd.Slices;
        if (clip.Samples.Length < layout.SampleCount)
        {
            double needed = layout.SampleCount / (double)AudioReader.SampleRate;
            return FileSlices.Skipped(SkipReason.TooShort, FormattableString.Invariant($"{clip.Seconds:F3} s, a slice needs {needed:F3} s"), clip.Seconds);
        }

        var codes = new List<byte[]>();
        foreach (int start in layout.Starts(clip.Samples.Length, options.HopFrames(file.Split)))
        {
            ReadOnlySpan<float> slice = clip.Samples.AsSpan(start, layout.SampleCount);
            if (!Silence.IsSilent(slice))
                codes.Add(frontEnd.Codes(slice));
        }

        return codes.Count == 0
            ? FileSlices.Skipped(SkipReason.Silent, FormattableString.Invariant($"nothing in {clip.Seconds:F1} s is louder than -60 dB of full scale"), clip.Seconds)
            : new FileSlices(codes, clip.Seconds, Fingerprint(file.Path), Skip: null, clip.Warning ?? "");
    }

    private static string Fingerprint(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
