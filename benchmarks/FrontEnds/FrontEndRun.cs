using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Benchmarks.Output;
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
    [
        ("shorts", 0, 1, 0), ("bytes, 16 bits, mono", 16, 1, 0), ("bytes, 16 bits, stereo", 16, 2, 0), ("bytes, 32 bits, mono", 32, 1, 0),
        ("bytes, 32 bits, stereo", 32, 2, 0), ("bytes, 32 bits, stereo, gain 3", 32, 2, 3),
    ];

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

        HeardDefinition[] definitions = [HeardDefinition.Create("integer-mel", FrontEnd.Integer, Kept), HeardDefinition.Create("integer-mel-sparse", FrontEnd.Sparse, Kept), HeardDefinition.Create("integer-mel-fine", FrontEnd.Fine, Kept)];
        foreach (string kind in (string[])["speech", "music"])
        {
            string[] files = [.. prepared.Files.Where(file => file.Path.StartsWith("sound/", StringComparison.Ordinal) && file.Class == kind).Select(file => Path.Combine(prepared.Folder, file.Path))];
            foreach (HeardDefinition definition in definitions)
            {
                long start = Stopwatch.GetTimestamp();
                HeardSound heard = definition.Hear(kind, files.Select(Samples));
                short[] sound = [.. files.Take(CountedRecordings).SelectMany(Samples).Take(60 * definition.Spec.SampleRate)];
                foreach ((string name, int bits, int channels, int gain) in Ways)
                    definition.Count(kind, name, sound, bits, channels, gain);
                Console.Error.WriteLine(FormattableString.Invariant($"{kind}, {definition.Name}: {heard.Recordings} recordings, {heard.Frames} frames, {heard.Different} different, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
            }
        }

        string note = string.Join('\n', Lines(definitions, commit)) + "\n";
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return definitions.SelectMany(definition => definition.Kinds).All(kind => kind.Different == 0) ? 0 : 1;
    }

    private static short[] Samples(string file) => IntegerMelFrontEnd.Rounded(((AudioClip)AudioReader.Read(file)).Samples);

    private static IEnumerable<string> Lines(HeardDefinition[] definitions, string commit) =>
    [
        "# The integer front end on real sound",
        "",
        $"Written by `dotnet run -c Release --project benchmarks -- front-end` at commit {commit}; a new run overwrites it. Sound is that of the real-sound corpus (real-sound.md), task sound, all splits: prompts in three languages, hold music.",
        "",
        "Errors are in codes of 0.6 dB, against the float of the same definition (docs/front-end.md). The generated classes, the one for shorts and the one for bytes, heard every frame too, pushed in chunks of 1 to 1,199 samples, the one for bytes as bytes of 16 bits: different are frames with any other code than the definition's.",
        "",
        .. Markdown.Table(
            ["definition", "sound", "recordings", "minutes", "frames", "mean error", "99th percentile", "generated, frames", "different"],
            definitions.SelectMany(definition => definition.Kinds.Select(kind => (IReadOnlyList<string>)
            [
                definition.Name, kind.Name, TextTable.Number(kind.Recordings), Markdown.Number(kind.Frames * definition.Spec.HopLength / (60.0 * definition.Spec.SampleRate)), TextTable.Number(kind.Frames), Markdown.Number(kind.MeanError),
                FormattableString.Invariant($"{kind.Percentile(0.99)}"), TextTable.Number(kind.Compared), TextTable.Number(kind.Different),
            ]))),
        "Weighted instructions a frame, counted on the first minute of each, everything included, in chunks of 160 samples, by the class for shorts and the one for bytes (`Samples` in the AdapterModel item). A microphone such as the INMP441 gives 24 bits in 32: the highest 16 are taken, with a gain the lower bits too.",
        "",
        .. definitions.SelectMany(definition => (string[])
        [
            $"`{definition.Name}`:",
            "",
            .. Markdown.Table(["pushed as", .. Kept.SelectMany(kept => definition.Kinds.Select(kind => $"{kind.Name}, for {kept}"))],
                Ways.Select(way => (IReadOnlyList<string>)[way.Name, .. Kept.SelectMany(kept => definition.Kinds.Select(kind => TextTable.Number(definition.Cost(kind.Name, kept, way.Name))))])),
        ]),
    ];
}
