using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Benchmarks.Output;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Testing;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Benchmarks.FrontEnds;

/// <summary>docs/results/stream-hour.md: an hour of sound through generated classes on a stream, every decision against its whole window.</summary>
internal static class StreamHour
{
    private const int Rate = 16_000;

    // The class of whole windows is compared with every decision; the interpreter, some forty times as slow, with one of so many.
    private const int Interpreted = 20;

    // Of hostile sound, or codes, behind the recordings.
    private const int HostileSeconds = 300;

    /// <summary>Compares, writes the page.</summary>
    /// <param name="path">The page.</param>
    /// <param name="folder">Recordings: *.wav, and *.pcm of 16 bits at 16 kHz; null for the real-sound corpus.</param>
    /// <param name="corpus">The corpus's folder, made where it is missing.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="commit">Of the repository.</param>
    public static int Write(string path, string? folder, string corpus, int seconds, string commit)
    {
        string[] files = folder is not null ? [.. Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is ".pcm" or ".wav").Order(StringComparer.Ordinal)] : Prepared(corpus);
        if (files.Length == 0)
        {
            Console.Error.WriteLine($"{folder ?? corpus} holds no recordings; give a folder with *.wav, or *.pcm of 16 bits at 16 kHz");
            return 1;
        }

        ModelArtifact heard = ModelReader.Read(File.ReadAllText(Path.Combine(Repository.Folder, "models", "stream.adapter"))).Model!;
        short[] recordings = Recordings(files, Math.Max(1, seconds - HostileSeconds) * Rate), sound = [.. recordings, .. HostileSound(Math.Min(HostileSeconds, seconds) * Rate)];
        byte[] codes = [.. new IntegerMel((IntegerMelSpec)heard.FrontEnd, heard.Input).Codes(recordings), .. HostileCodes(Math.Min(HostileSeconds, seconds) * 100, heard.Input)];
        (string Name, int Hop, StreamComparison Comparison, Action<StreamComparison, Action<double>> Run)[] runs =
        [
            ("models/stream, samples pushed", 16, new StreamComparison(heard, 16, hears: true, Interpreted), (comparison, progress) => comparison.Hear(sound, new Random(1), progress)),
            ("the paper's encoder, 4 bit, 80 % zeros, codes passed", 32, new StreamComparison(StreamNote.Paper(), 32, hears: false, Interpreted), (comparison, progress) => comparison.Take(codes, progress)),
        ];
        foreach (var run in runs)
        {
            long start = Stopwatch.GetTimestamp();
            run.Run(run.Comparison, new Progress(run.Name).Show);
            Console.Error.WriteLine(FormattableString.Invariant($"\n{run.Name}: {run.Comparison.Decisions} decisions, {run.Comparison.Different} differ, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        }

        string note = string.Join('\n',
        [
            "# An hour of sound on a stream",
            "",
            $"Written by `dotnet run -c Release --project benchmarks -- stream-hour` at commit {commit}; a new run overwrites it. A folder of recordings may follow the command, and how many seconds are heard.",
            "",
            FormattableString.Invariant($"{seconds} seconds: {files.Length} files of real recordings one after the other, then {Math.Min(HostileSeconds, seconds)} of hostile sound, or codes: silence, full scale, impulses, noise, any code and nothing but the largest. Each decision's logits, all tasks, against the class that is generated for whole windows, and one in {Interpreted} against the interpreter too; neither knows anything of streams."),
            "",
            .. Markdown.Table(
                ["generated class", "decisions every", "decisions compared", "with the interpreter too", "different", "missed"],
                runs.Select(run => (IReadOnlyList<string>)[run.Name, FormattableString.Invariant($"{run.Hop} frames"), TextTable.Number(run.Comparison.Decisions), TextTable.Number(run.Comparison.Interpreted), TextTable.Number(run.Comparison.Different), TextTable.Number(run.Comparison.Missed)])),
        ]) + "\n";
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return runs.All(run => run.Comparison is { Different: 0, Missed: 0, Decisions: > 0 }) ? 0 : 1;
    }

    private static string[] Prepared(string corpus)
    {
        RealSoundResult prepared = RealSoundCorpus.Prepare(corpus, Console.Error.WriteLine);
        return prepared.Success ? [.. prepared.Files.Select(file => Path.Combine(prepared.Folder, file.Path))] : [];
    }

    // As much of each file as of any other; from the first one again where they do not do.
    private static short[] Recordings(string[] files, int length)
    {
        var sound = new List<short>(length);
        int share = Math.Max(Rate, length / files.Length);
        for (int i = 0; sound.Count < length; i++)
        {
            IEnumerable<short> samples = Samples(files[i % files.Length], i / files.Length * share, share);
            sound.AddRange(samples.Take(length - sound.Count));
            if (i == files.Length - 1 && sound.Count == 0)
                throw new InvalidDataException("the recordings hold no sound");
            share = i % files.Length == files.Length - 1 && sound.Count < length ? Math.Max(share, length - sound.Count) : share;
        }

        return [.. sound];
    }

    private static short[] Samples(string file, int from, int most)
    {
        if (Path.GetExtension(file) == ".wav")
            return [.. IntegerMelFrontEnd.Rounded(((AudioClip)AudioReader.Read(file)).Samples).Take(most)];
        using FileStream stream = File.OpenRead(file);
        stream.Seek(Math.Min((long)from * sizeof(short), Math.Max(0, stream.Length - ((long)most * sizeof(short)))), SeekOrigin.Begin);
        byte[] bytes = new byte[Math.Min((long)most * sizeof(short), stream.Length - stream.Position) / sizeof(short) * sizeof(short)];
        stream.ReadExactly(bytes);
        return MemoryMarshal.Cast<byte, short>(bytes).ToArray();
    }

    private static IEnumerable<short> HostileSound(int length)
    {
        var random = new Random(2);
        for (int i = 0; i < length; i++)
        {
            yield return (i / (7 * Rate) % 6) switch
            {
                0 => 0,
                1 => i / 20 % 2 == 0 ? short.MaxValue : short.MinValue,
                2 => i % 4_001 == 7 ? short.MinValue : (short)0,
                3 => random.Next(2) == 0 ? short.MaxValue : short.MinValue,
                4 => short.MaxValue,
                _ => (short)random.Next(short.MinValue, short.MaxValue + 1),
            };
        }
    }

    private static IEnumerable<byte> HostileCodes(int frames, InputSpec input)
    {
        var random = new Random(3);
        for (int i = 0; i < frames * input.Bands; i++)
        {
            yield return (i / (701 * input.Bands) % 4) switch
            {
                0 => (byte)random.Next(input.CodeMax + 1),
                1 => (byte)input.CodeMax,
                2 => (byte)(random.Next(2) * input.CodeMax),
                _ => 0,
            };
        }
    }

    // A line on the terminal, overwritten.
    private sealed class Progress(string name)
    {
        private int shown = -1;

        public void Show(double share)
        {
            if ((int)(share * 100) is var percent && percent > shown)
                Console.Error.Write(FormattableString.Invariant($"\r{name}: {shown = percent} %"));
        }
    }
}
