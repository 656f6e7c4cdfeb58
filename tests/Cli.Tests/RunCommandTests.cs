using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Cli;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary><c>adapterc run</c>: scores, segments, sounds of any length.</summary>
[Collection(CommandLine.Collection)]
public sealed class RunCommandTests : IDisposable
{
    // 8 frames make a slice of (8 - 1) * 160 + 400 = 1,520 samples; the next starts 4 frames later.
    private const int Slice = 1_520, Hop = 640;

    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private readonly string folder = Directory.CreateTempSubdirectory("adapterc-run").FullName;
    private readonly ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_has_a_line_with_scores_and_runners_up()
    {
        CommandResult result = CommandLine.Run("run", Model(model), Sound("tone.wav", 4000));
        Assert.Equal((0, ""), (result.Code, result.Error));
        const string Verdict = "(unsure, )?\".+?\" (?<first>[01]\\.\\d\\d) \\(\\d of 4 slices; then \".+?\" (?<second>[01]\\.\\d\\d)\\)";
        Match match = Regex.Match(result.Output, $"^.*tone.wav  keyword: {Verdict}  bird: {Verdict}\n$", Plain);
        Assert.True(match.Success, result.Output);
        foreach ((Capture first, Capture second) in match.Groups["first"].Captures.Zip(match.Groups["second"].Captures))
            Assert.True(string.CompareOrdinal(first.Value, second.Value) >= 0);
    }

    [Theory]
    [InlineData("--logits", "tone.wav", "is read here and would be overwritten")]
    [InlineData("--csv", "model.adapter", "is read here and would be overwritten")]
    [InlineData("--csv", "./other/../tone.wav", "is read here and would be overwritten")]
    [InlineData("--csv", "", "--csv is empty")]
    [InlineData("--hop", "0", "--hop 0: from one slice to the next there are 1 to ")]
    public void Nothing_that_is_read_is_written_over(string option, string value, string said)
    {
        string sound = Sound("tone.wav", 4000), path = Path.Combine(folder, "model.adapter");
        File.Copy(Model(model), path, overwrite: true);
        byte[] before = File.ReadAllBytes(sound), modelBefore = File.ReadAllBytes(path);
        CommandResult result = CommandLine.Run("run", path, sound, option, value.Length > 1 ? Path.Combine(folder, value) : value);
        Assert.Equal(2, result.Code);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(sound));
        Assert.Equal(modelBefore, File.ReadAllBytes(path));
    }

    [Fact]
    public void Two_tables_are_two_files_and_a_run_that_cannot_begin_leaves_those_of_an_earlier_one()
    {
        string sound = Sound("tone.wav", 4000), table = Path.Combine(folder, "table.csv");
        File.WriteAllText(table, "kept");
        CommandResult both = CommandLine.Run("run", Model(model), sound, "--csv", table, "--logits", Path.Combine(folder, "x", "..", "table.csv"));
        Assert.Equal(2, both.Code);
        Assert.Contains("give each table its own file", both.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, CommandLine.Run("run", Model(model), sound, "--tasks", "nope", "--csv", table).Code);
        Assert.NotEqual(0, CommandLine.Run("run", Path.Combine(folder, "missing.adapter"), sound, "--csv", table).Code);
        Assert.Equal("kept", File.ReadAllText(table));
    }

    [Fact]
    public void An_option_given_twice_is_said()
    {
        CommandResult result = CommandLine.Run("emit", Model(model), "-o", folder, "--class", "One", "--class", "Two");
        Assert.Equal(2, result.Code);
        Assert.Contains("--class", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_is_the_softmax_of_the_logits_on_their_scale()
    {
        CommandResult result = CommandLine.Run("run", Model(model), Sound("one.wav", Slice), "--tasks", "bird");
        TaskArtifact bird = model.Tasks[1];
        Match match = Regex.Match(result.Output, "\"(?<first>.+)\" (?<one>[0-9.]+) \\(then \"(?<second>.+)\" (?<two>[0-9.]+)\\)", Plain);
        Assert.True(match.Success, result.Output);
        Assert.Contains(match.Groups["first"].Value, bird.Labels);

        // The same slice by the interpreter.
        var frontEnd = SoundFrontEnd.For(model.FrontEnd, model.Input);
        byte[] codes = frontEnd.Codes(Assert.IsType<AudioClip>(AudioReader.Read(Path.Combine(folder, "one.wav"))).Samples);
        int[] logits = Interpreter.FixedPointInterpreter.Run(AdapterCompiler.Model.NetworkBuilder.Build(model), codes).Logits[1];
        double scale = double.Parse(bird.Head.Scale, System.Globalization.CultureInfo.InvariantCulture), sum = logits.Sum(logit => Math.Exp(logit * scale));
        foreach ((string label, string score) in new[] { ("first", "one"), ("second", "two") })
            Assert.Equal(FormattableString.Invariant($"{Math.Exp(logits[bird.Labels.ToList().IndexOf(match.Groups[label].Value)] * scale) / sum:0.00}"), match.Groups[score].Value);
    }

    [Fact]
    public void Slices_and_segments_have_times()
    {
        string path = Model(model), sound = Sound("tone.wav", 4000);
        string[] slices = Lines(CommandLine.Run("run", path, sound, "--slices"));
        Assert.Equal(4, slices.Length);
        Assert.Matches("tone.wav    0\\.040 s  keyword: (unsure, )?\".+\" [01]\\.\\d\\d  bird: ", slices[1]);

        string[] all = Lines(CommandLine.Run("run", path, sound, "--segments"));
        foreach (string task in new[] { "keyword", "bird" })
        {
            // They follow each other without a gap, from the beginning to the end.
            Match[] times = [.. all[..^1].Where(line => line.Contains("  " + task + ": ", StringComparison.Ordinal)).Select(line => Regex.Match(line, "  (?<from>[0-9.]+)-(?<to>[0-9.]+) s  ", Plain))];
            Assert.Equal("0.000", times[0].Groups["from"].Value);
            Assert.Equal("0.250", times[^1].Groups["to"].Value);
            Assert.Equal(times[..^1].Select(time => time.Groups["to"].Value), times[1..].Select(time => time.Groups["from"].Value));
        }

        // Unasked for with a file that is no few slices long.
        Assert.Single(Lines(CommandLine.Run("run", path, sound)));
        Assert.True(Lines(CommandLine.Run("run", path, Sound("long.wav", Slice + (20 * Hop)))).Length > 1);
    }

    [Fact]
    public void A_timeline_says_in_files_what_the_segments_say()
    {
        string sound = Path.Combine(folder, "a, long one.wav"), csv = Path.Combine(folder, "timeline.csv"), tracks = Path.Combine(folder, "tracks");
        var random = new Random(3);
        WavWriter.Write(sound, [.. Enumerable.Range(0, 60 * Hop).Select(i => (i / (5 * Hop) % 3) switch { 0 => 0f, 1 => (float)random.NextDouble() - 0.5f, _ => 0.5f * MathF.Sin(i * 0.03f) })]);
        // A task at chance is never sure.
        ModelArtifact guessing = model with { Tasks = ValueArray.Of(model.Tasks[0] with { Accuracy = new MeasuredAccuracy(200, 66, 66) }, model.Tasks[1]) };
        CommandResult result = CommandLine.Run("run", Model(guessing), sound, "--segments", "--csv", csv, "--audacity", tracks);
        Assert.Equal(0, result.Code);

        using var parser = new Microsoft.VisualBasic.FileIO.TextFieldParser(csv) { Delimiters = [","] };
        Assert.Equal(["file", "from", "to", "task", "label", "score", "likely"], parser.ReadFields()!);
        Match[] segments = [.. Lines(result)[..^1].Select(line => Regex.Match(line, "  (?<from>[0-9.]+)-(?<to>[0-9.]+) s  (?<task>\\w+): (\"(?<label>.+)\"|unsure, \"(?<likely>.+)\") (?<score>[0-9.]+)$", Plain))];
        Assert.True(segments.Length > 4 && segments.Any(match => match.Groups["label"].Success) && segments.Any(match => !match.Groups["label"].Success), result.Output);
        foreach (Match segment in segments)
        {
            string[] row = parser.ReadFields()!;
            Assert.Equal([sound, segment.Groups["from"].Value, segment.Groups["to"].Value, segment.Groups["task"].Value, segment.Groups["label"].Value], row[..5]);
            Assert.Equal(segment.Groups["label"].Success ? row[4] : segment.Groups["likely"].Value, row[6]);
            Assert.Contains(row[6], model.Tasks.Single(task => task.Name == row[3]).Labels);
            Assert.Equal(double.Parse(segment.Groups["score"].Value, System.Globalization.CultureInfo.InvariantCulture), double.Parse(row[5], System.Globalization.CultureInfo.InvariantCulture), 0.0051);
        }

        Assert.True(parser.EndOfData);
        foreach (string task in new[] { "keyword", "bird" })
        {
            Assert.Equal(
                segments.Where(match => match.Groups["task"].Value == task && match.Groups["label"].Success).Select(match => $"{match.Groups["from"]}\t{match.Groups["to"]}\t{match.Groups["label"]}"),
                File.ReadAllLines(Path.Combine(tracks, $"a, long one.wav.{task}.txt")).Select(line => line[..line.LastIndexOf(' ')]));
        }
    }

    [Fact]
    public void A_segment_that_is_unsure_says_what_it_most_likely_is()
    {
        var verdict = new TaskVerdict(model.Tasks[0] with { Labels = ValueArray.Of("hello", "stop", "none") });
        Assert.Null(verdict.End());
        Assert.Null(verdict.Add(0, [0.4, 0.3, 0.3]));
        // On top once more, but never by much.
        Assert.Null(verdict.Add(1, [0.4, 0.15, 0.45]));
        Assert.Null(verdict.Add(2, [0.1, 0.45, 0.45]));
        Segment unsure = verdict.Add(3, [0.1, 0.8, 0.1])!;
        Assert.Equal((null, 2, 0), (unsure.Class, unsure.Likely, unsure.From));
        Assert.Equal("keyword: unsure, \"none\" 0.40", verdict.Answer(unsure));
        Segment sure = verdict.End()!;
        Assert.Equal((1, 1, 3.0), (sure.Class, sure.Likely, sure.From));
        Assert.Equal("keyword: \"stop\" 0.80", verdict.Answer(sure));
    }

    [Fact]
    public void Logits_have_a_row_for_each_slice_task_and_label()
    {
        string sound = Sound("tone.wav", 4000), table = Path.Combine(folder, "logits.csv");
        Assert.Equal(0, CommandLine.Run("run", Model(model), sound, "--logits", table).Code);
        float[] samples = Assert.IsType<AudioClip>(AudioReader.Read(sound)).Samples;
        var frontEnd = SoundFrontEnd.For(model.FrontEnd, model.Input);
        AdapterCompiler.Model.Network network = AdapterCompiler.Model.NetworkBuilder.Build(model);
        using var parser = new Microsoft.VisualBasic.FileIO.TextFieldParser(table) { Delimiters = [","] };
        Assert.Equal(["file", "from", "task", "label", "logit"], parser.ReadFields()!);
        for (int start = 0; start + Slice <= samples.Length; start += Hop)
        {
            int[][] logits = [.. Interpreter.FixedPointInterpreter.Run(network, frontEnd.Codes(samples.AsSpan(start, Slice))).Logits.Select(own => own.ToArray())];
            for (int k = 0; k < model.Tasks.Count; k++)
            {
                for (int c = 0; c < logits[k].Length; c++)
                    Assert.Equal([sound, FormattableString.Invariant($"{start / 16_000.0:0.000}"), model.Tasks[k].Name, model.Tasks[k].Labels[c], FormattableString.Invariant($"{logits[k][c]}")], parser.ReadFields()!);
            }
        }

        Assert.True(parser.EndOfData);
    }

    [Fact]
    public void A_gain_is_that_of_Push()
    {
        short[] samples = [.. Enumerable.Range(short.MinValue, 65_536).Select(sample => (short)sample)];
        for (int gain = 0; gain <= SoundKernels.MostGain; gain++)
            Assert.Equal(samples.Select(sample => (float)SoundKernels.SampleOf([(byte)sample, (byte)(sample >> 8)], 1, 16, gain)), SoundClassifier.Louder([.. samples.Select(sample => sample / 32768f)], gain).Select(louder => louder * 32768f));

        // The command hears what it gives.
        float[] quiet = [.. Enumerable.Range(0, 6_000).Select(i => (short)(300 * MathF.Sin(i * 0.3f)) / 32768f)];
        WavWriter.Write(Path.Combine(folder, "quiet.wav"), quiet);
        WavWriter.Write(Path.Combine(folder, "loud.wav"), SoundClassifier.Louder(quiet, 3));
        string path = Model(model);
        foreach ((string name, string gain) in new[] { ("quiet", "3"), ("loud", "0"), ("quiet", "0") })
            Assert.Equal(0, CommandLine.Run("run", path, Path.Combine(folder, name + ".wav"), "--gain", gain, "--logits", Path.Combine(folder, name + gain)).Code);
        Assert.Equal(Table("loud0"), Table("quiet3"));
        Assert.NotEqual(Table("quiet0"), Table("quiet3"));

        foreach (string other in new[] { "9", "-1" })
        {
            CommandResult refused = CommandLine.Run("run", path, Path.Combine(folder, "quiet.wav"), "--gain", other);
            Assert.Equal((2, ""), (refused.Code, refused.Output));
            Assert.StartsWith($"adapterc: --gain {other}: samples can be doubled 0 to 8 times", refused.Error, StringComparison.Ordinal);
        }

        string[] Table(string name) => [.. File.ReadAllLines(Path.Combine(folder, name)).Select(line => line[(line.IndexOf(".wav,", StringComparison.Ordinal) + 1)..])];
    }

    [Fact]
    public void Label_tracks_are_not_written_over_each_other()
    {
        string sound = Sound("tone.wav", 4000), other = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "other")).FullName, "tone.wav");
        File.Copy(sound, other);
        CommandResult result = CommandLine.Run("run", Model(model), sound, other, "--audacity", folder);
        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("several of the sounds are named tone.wav", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("run", Model(model), sound, other, "--csv", Path.Combine(folder, "both.csv")).Code);
        CommandResult nowhere = CommandLine.Run("run", Model(model), sound, "--csv", Path.Combine(folder, "nowhere", "t.csv"));
        Assert.Equal(1, nowhere.Code);
        Assert.Contains("the timeline cannot be written", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_that_is_too_short_lies_in_the_middle_of_silence()
    {
        // The middle third of a slice, alone and with the silence written out.
        Sound("short.wav", 500);
        float[] samples = Assert.IsType<AudioClip>(AudioReader.Read(Path.Combine(folder, "short.wav"))).Samples;
        WavWriter.Write(Path.Combine(folder, "padded.wav"), [.. new float[510], .. samples, .. new float[510]]);
        string path = Model(model);
        CommandResult alone = CommandLine.Run("run", path, Path.Combine(folder, "short.wav")), padded = CommandLine.Run("run", path, Path.Combine(folder, "padded.wav"));
        Assert.Equal((0, ""), (alone.Code, alone.Error));
        Assert.Equal(padded.Output.Replace("padded.wav", "short.wav", StringComparison.Ordinal), alone.Output);
    }

    [Fact]
    public void Less_than_a_frame_is_skipped()
    {
        Sound("click.wav", 300);
        CommandResult result = CommandLine.Run("run", Model(model), Path.Combine(folder, "click.wav"));
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.EndsWith("click.wav: skipped, 0.019 s are too short: at least 0.025 s are needed\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("run", Model(model), Sound("frame.wav", 400)).Code);
    }

    [Fact]
    public void What_is_no_sound_is_named_and_the_rest_is_classified()
    {
        string text = Path.Combine(folder, "text.wav"), sound = Sound("tone.wav", 4000), path = Model(model);
        File.WriteAllText(text, "this is no sound");
        CommandResult mixed = CommandLine.Run("run", path, text, sound);
        Assert.Equal(1, mixed.Code);
        Assert.Equal(CommandLine.Run("run", path, sound).Output, mixed.Output);
        Assert.Contains("text.wav: skipped, ", mixed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 120, false)]
    [InlineData(200, 66, true)]
    public void A_model_at_chance_is_never_sure(int slices, int right, bool guesses)
    {
        ModelArtifact measured = model with { Tasks = model.Tasks.Select(task => task with { Accuracy = new MeasuredAccuracy(slices, right, right) }).ToValueArray() };
        CommandResult result = CommandLine.Run("run", Model(measured), Sound("tone.wav", 4000));
        int sure = Regex.Count(result.Output, ": \"", Plain);
        Assert.True(guesses ? sure == 0 : sure > 0, result.Output);
        Assert.Equal(guesses, result.Error.Contains($"audio.adapter: warning: task 'keyword' was right on 66 of 200 test slices after training, as guessing one of {model.Tasks[0].Labels.Count} classes would be: its answers say nothing\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(640)]
    [InlineData(100_000)]
    public void Windows_do_not_depend_on_how_the_samples_come(int piece)
    {
        float[] samples = [.. Enumerable.Range(0, 10_000).Select(i => (float)i)];
        var windows = new List<(long Start, float First, float Last)>();
        var window = new SlidingWindow(Slice, Hop, (found, start) => windows.Add((start, found[0], found[^1])));
        foreach (float[] part in samples.Chunk(piece))
            window.Push(part);
        window.Finish();
        Assert.Equal(Enumerable.Range(0, ((10_000 - Slice) / Hop) + 1).Select(i => ((long)i * Hop, (float)(i * Hop), (float)((i * Hop) + Slice - 1))), windows);
    }

    private static string[] Lines(CommandResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string Sound(string name, int samples)
    {
        string path = Path.Combine(folder, name);
        WavWriter.Write(path, [.. Enumerable.Range(0, samples).Select(i => 0.5f * MathF.Sin(i * 0.3f * (1 + (i / 6000 % 3))))]);
        return path;
    }

    private string Model(ModelArtifact artifact)
    {
        string path = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(path, ModelWriter.Write(artifact));
        return path;
    }
}
