using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Benchmarks.Output;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Benchmarks.FrontEnds;

/// <summary>The integer front end on the real-sound corpus: errors against the float of its definition, generated code against the definition, cost.</summary>
internal static class FrontEndRun
{
    // Counted recordings of each kind, and ways to push them: bits of a sample in bytes (0: as shorts), channels, gain.
    private const int CountedRecordings = 20;

    // What a class is made for.
    private static readonly string[] Kept = ["shorts", "bytes"];

    private static readonly (string Name, int Bits, int Channels, int Gain)[] Ways =
        [("shorts", 0, 1, 0), ("bytes, 16 bits, mono", 16, 1, 0), ("bytes, 32 bits, mono", 32, 1, 0), ("bytes, 32 bits, stereo, gain 3", 32, 2, 3)];

    /// <summary>Measures, writes the page.</summary>
    /// <param name="path">The page.</param>
    /// <param name="corpus">The corpus's folder, made where it is missing.</param>
    /// <param name="commit">Of the repository.</param>
    public static int Write(string path, string corpus, string commit)
    {
        RealSoundResult prepared = RealSoundCorpus.Prepare(corpus, Console.Error.WriteLine);
        if (!prepared.Success)
        {
            Console.Error.WriteLine(prepared.Error);
            return 1;
        }

        IntegerMelSpec spec = FrontEnd.Integer;
        InputSpec input = FrontEnd.DefaultInput;
        var definition = new IntegerMel(spec, input);
        var plain = new PlainMel(spec, input);
        (HearingProgram Plain, HearingProgram Counted, CountedAssembly Counter)[] programs = [.. Kept.Select(kept => HearingProgram.Create(spec, input, kept))];
        var random = new Random(1);
        HeardSound[] kinds = [new("speech"), new("music")];
        var costs = new Dictionary<(string Kind, string Kept, string Way), long>();
        foreach (HeardSound kind in kinds)
        {
            long start = Stopwatch.GetTimestamp();
            string[] files = [.. prepared.Files.Where(file => file.Path.StartsWith("sound/", StringComparison.Ordinal) && file.Class == kind.Name).Select(file => Path.Combine(prepared.Folder, file.Path))];
            foreach (string file in files)
            {
                short[] samples = IntegerMelFrontEnd.Rounded(((AudioClip)AudioReader.Read(file)).Samples);
                byte[] codes = kind.Add(definition, plain, samples);
                foreach ((HearingProgram program, _, _) in programs)
                    kind.Compare(codes, program.Hear(samples, random), input.Bands);
            }

            short[] sound = [.. files.Take(CountedRecordings).SelectMany(file => IntegerMelFrontEnd.Rounded(((AudioClip)AudioReader.Read(file)).Samples)).Take(60 * spec.SampleRate)];
            foreach ((string name, int bits, int channels, int gain) in Ways)
            {
                foreach ((string kept, (_, HearingProgram counted, CountedAssembly counter)) in Kept.Zip(programs))
                    costs[(kind.Name, kept, name)] = counter.Count(() => counted.Stream(sound, bits, channels, gain)).Sum(block => block.Weighted) / definition.FrameCount(sound.Length);
            }

            Console.Error.WriteLine(FormattableString.Invariant($"{kind.Name}: {kind.Recordings} recordings, {kind.Frames} frames, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        }

        string note = string.Join('\n', Lines(kinds, costs, spec, commit)) + "\n";
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return kinds.All(kind => kind.Different == 0) ? 0 : 1;
    }

    private static IEnumerable<string> Lines(HeardSound[] kinds, Dictionary<(string Kind, string Kept, string Way), long> costs, IntegerMelSpec spec, string commit) =>
    [
        "# The integer front end on real sound",
        "",
        $"Written by `dotnet run -c Release --project benchmarks -- front-end` at commit {commit}; a new run overwrites it. Sound is that of the real-sound corpus (real-sound.md), task sound, all splits: prompts in three languages, hold music.",
        "",
        "Errors are in codes of 0.6 dB, against the float of the same definition (docs/front-end.md). The generated classes, the one for shorts and the one for bytes, heard every frame too, pushed in chunks of 1 to 1,199 samples: different are frames with any other code than the definition's.",
        "",
        .. Markdown.Table(
            ["sound", "recordings", "minutes", "frames", "mean error", "99th percentile", "generated, frames", "different"],
            kinds.Select(kind => (IReadOnlyList<string>)
            [
                kind.Name, TextTable.Number(kind.Recordings), Markdown.Number(kind.Frames * spec.HopLength / (60.0 * spec.SampleRate)), TextTable.Number(kind.Frames), Markdown.Number(kind.MeanError),
                FormattableString.Invariant($"{kind.Percentile(0.99)}"), TextTable.Number(kind.Compared), TextTable.Number(kind.Different),
            ])),
        "Weighted instructions a frame, counted on the first minute of each, everything included, in chunks of 160 samples, by the class for shorts and the one for bytes (`Samples` in the AdapterModel item):",
        "",
        .. Markdown.Table(["pushed as", .. Kept.SelectMany(kept => kinds.Select(kind => $"{kind.Name}, for {kept}"))],
            Ways.Select(way => (IReadOnlyList<string>)[way.Name, .. Kept.SelectMany(kept => kinds.Select(kind => TextTable.Number(costs[(kind.Name, kept, way.Name)])))])),
    ];
}
