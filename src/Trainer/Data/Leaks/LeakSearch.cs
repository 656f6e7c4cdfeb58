using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data.Leaks;

/// <summary>A recording as the search sees it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Split">Where it must stay alone.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Print">What it sounds like.</param>
internal sealed record PrintedFile(string Path, FolderSplit Split, string Hash, SoundPrint Print);

/// <summary>The same recording in two splits.</summary>
/// <param name="First">The earlier one, in the order given.</param>
/// <param name="Second">The later one.</param>
/// <param name="IsCopy">Byte for byte; otherwise resampled, trimmed, at another level or through a codec.</param>
internal sealed record Leak(PrintedFile First, PrintedFile Second, bool IsCopy);

/// <summary>
/// Finds recordings that are in two splits, whatever was done to them: places with the same spectral shapes are looked up, laid on each other and compared as prints, and what
/// still fits is compared as waveforms. Two takes, two speakers or two tones pass the first and fail the last.
/// </summary>
/// <param name="read">Reads a file's samples (16 kHz mono), or null.</param>
internal sealed class LeakSearch(Func<string, float[]?> read)
{
    /// <summary>
    /// Codes. 80 copies of telephone prompts (8 to 44.1 kHz, trimmed, quieter by up to 25 dB) differed by 0.4 in the median and 1.8 at most; of 24,090 pairs of different prompts 596 shared
    /// a key, and differed by 5.1 at least.
    /// </summary>
    private const double MostDistance = 3;

    /// <summary>Of waveforms. The same copies had 0.995 and more; two takes that are much alike have less than 0.5.</summary>
    private const double LeastLikeness = 0.8;

    /// <summary>Frames that an offset may be wrong by.</summary>
    private const int Slack = 2;

    /// <summary>Samples of a shift: a frame and a half more than the offset's own grid.</summary>
    private const int Shift = 400;

    /// <summary>Places of one recording under one key: of a steady sound any place is as good as another.</summary>
    private const int PlacesOfAFile = 3;

    private readonly Dictionary<string, float[]?> samples = new(StringComparer.Ordinal);

    /// <summary>For every recording that is in another split too, one partner.</summary>
    /// <param name="files">All.</param>
    /// <param name="progress">Told after every one, or null.</param>
    public IReadOnlyList<Leak> Find(IReadOnlyList<PrintedFile> files, IProgress<FolderProgress>? progress = null)
    {
        var found = new List<Leak>();
        int done = 0;
        var byHash = new Dictionary<string, List<PrintedFile>>(StringComparer.Ordinal);
        var byKey = new Dictionary<long, List<(PrintedFile File, int Frame)>>();
        foreach (PrintedFile file in files)
        {
            if (Partner(file, byHash, byKey) is { } leak)
                found.Add(leak);
            Add(byHash, file.Hash, file);
            foreach (IGrouping<long, int> key in file.Print.Keys().GroupBy(each => each.Key, each => each.Frame))
            {
                foreach (int frame in key.Take(PlacesOfAFile))
                    Add(byKey, key.Key, (file, frame));
            }

            progress?.Report(new FolderProgress(++done, files.Count));
        }

        return found;
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> index, TKey key, TValue value)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<TValue>? list))
            index[key] = list = [];
        list.Add(value);
    }

    private Leak? Partner(PrintedFile file, Dictionary<string, List<PrintedFile>> byHash, Dictionary<long, List<(PrintedFile File, int Frame)>> byKey)
    {
        if (byHash.TryGetValue(file.Hash, out List<PrintedFile>? copies) && copies.Find(copy => copy.Split != file.Split) is { } copy)
            return new Leak(copy, file, IsCopy: true);
        var tried = new HashSet<(PrintedFile File, int Offset)>();
        foreach ((int frame, long key) in file.Print.Keys())
        {
            foreach ((PrintedFile other, int otherFrame) in byKey.GetValueOrDefault(key) ?? [])
            {
                if (other.Split != file.Split && tried.Add((other, frame - otherFrame)) && IsSame(other, file, otherFrame, frame - otherFrame))
                    return new Leak(other, file, IsCopy: false);
            }
        }

        return null;
    }

    private bool IsSame(PrintedFile first, PrintedFile second, int frame, int offset)
    {
        PrintMatch? best = null;
        for (int slack = -Slack; slack <= Slack; slack++)
        {
            if (PrintMatch.At(first.Print, second.Print, frame, offset + slack) is { } match && (best is null || match.Distance < best.Distance))
                best = match;
        }

        if (best is not { Distance: <= MostDistance } || Samples(first.Path) is not { } one || Samples(second.Path) is not { } other)
            return false;
        const int hop = AudioReader.SampleRate / 100;
        return SameTake.Likeness(Piece(one, best.From * hop, best.Frames * hop), Piece(other, (best.From + best.Offset) * hop, best.Frames * hop), Shift) >= LeastLikeness;
    }

    private static ReadOnlySpan<float> Piece(float[] samples, int from, int length)
    {
        int start = Math.Clamp(from, 0, samples.Length);
        return samples.AsSpan(start, Math.Min(length, samples.Length - start));
    }

    // Few files come so far, and those mostly with many partners.
    private float[]? Samples(string path)
    {
        if (!samples.TryGetValue(path, out float[]? held))
        {
            if (samples.Count >= 64)
                samples.Clear();
            samples[path] = held = read(path);
        }

        return held;
    }
}
