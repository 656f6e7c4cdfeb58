using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary><c>adapterc run</c> says what a device with this model file would detect, in text, table and label tracks.</summary>
[Collection(CommandLine.Collection)]
public sealed class RunDetectionTests : IDisposable
{
    // 8 frames make a slice of (8 - 1) * 160 + 400 = 1,520 samples.
    private const int Slice = 1_520, Frame = 160, Rate = 16_000, Smoothing = 3, Refractory = 2;

    private readonly string folder = Directory.CreateTempSubdirectory("adapterc-detect").FullName;
    private readonly ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    public void What_is_detected_is_told_where_and_when_a_device_would(int hop)
    {
        // Silence, noise and tones in turns: the answers change.
        var random = new Random(3);
        float[] samples = [.. Enumerable.Range(0, 40_000).Select(i => (i / 3200 % 3) switch { 0 => 0f, 1 => (float)random.NextDouble() - 0.5f, _ => 0.5f * MathF.Sin(i * 0.03f) })];
        string sound = Path.Combine(folder, "a, long one.wav"), csv = Path.Combine(folder, "timeline.csv"), tracks = Path.Combine(folder, "tracks");
        WavWriter.Write(sound, samples);
        int step = (hop == 0 ? 4 : hop) * Frame;
        int[][] sums = Sums(Assert.IsType<AudioClip>(AudioReader.Read(sound)).Samples, step);
        // As far ahead as every second decision is.
        int threshold = sums.Select(Lead).Order().ElementAt(sums.Length / 2);
        TaskArtifact keyword = model.Tasks[0] with { Detection = new DetectionRule(Smoothing, Refractory, Enumerable.Repeat(threshold, model.Tasks[0].Labels.Count).ToValueArray()) };
        (string Label, double From)[] expected = [.. Detected(sums, threshold).Select(each => (keyword.Labels[each.Class], each.Decision * (double)step / Rate))];
        Assert.InRange(expected.Length, 2, sums.Length / (Refractory + 1));

        // Twice: nothing of a sound is remembered in the next.
        string again = Path.Combine(folder, "again.wav");
        File.Copy(sound, again);
        CommandResult result = CommandLine.Run(
            ["run", Model(model with { Tasks = ValueArray.Of(keyword, model.Tasks[1]) }), sound, again, "--csv", csv, "--audacity", tracks, .. hop == 0 ? Array.Empty<string>() : ["--hop", Text(hop)]]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        string[] lines = result.Output.Split('\n');
        foreach (string file in new[] { sound, again })
        {
            Assert.Equal(
                expected.Select(each => $"{file}  {Seconds(each.From + ((double)Slice / Rate)),7} s  keyword: detected \"{each.Label}\""),
                lines.Where(line => line.StartsWith(file, StringComparison.Ordinal) && line.Contains("detected", StringComparison.Ordinal)));
            Assert.Equal(
                expected.Select(each => $"{Seconds(each.From)}\t{Seconds(each.From + ((double)Slice / Rate))}\t{each.Label}"),
                File.ReadAllLines(Path.Combine(tracks, Path.GetFileName(file) + ".keyword.detections.txt")));
            Assert.Single(lines, line => line.StartsWith(file + "  keyword: ", StringComparison.Ordinal) && line.Contains(FormattableString.Invariant($", detections: {expected.Length}  bird: "), StringComparison.Ordinal));
        }

        Assert.Equal(
            expected.Select(each => $"{again},{Seconds(each.From)},{Seconds(each.From + ((double)Slice / Rate))},keyword detection,{Quoted(each.Label)},,"),
            File.ReadAllLines(csv).Where(line => line.StartsWith(again, StringComparison.Ordinal) && line.Contains("detection", StringComparison.Ordinal)));
        Assert.False(File.Exists(Path.Combine(tracks, "again.wav.bird.detections.txt")));
    }

    [Theory]
    [InlineData("-1", "1 to 8 frames")]
    [InlineData("9", "1 to 8 frames")]
    public void Another_hop_is_an_error(string hop, string allowed)
    {
        string sound = Path.Combine(folder, "tone.wav");
        WavWriter.Write(sound, new float[4000]);
        CommandResult result = CommandLine.Run("run", Model(model), sound, "--hop", hop);
        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(allowed, result.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("run", Model(model), sound, "--hop", "8").Code);
    }

    [Fact]
    public void The_integer_front_end_wants_an_even_hop()
    {
        string sound = Path.Combine(folder, "tone.wav");
        WavWriter.Write(sound, new float[4000]);
        CommandResult result = CommandLine.Run("run", Pages.Find("models", "listen.adapter"), sound, "--hop", "3");
        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("give an even number", result.Error, StringComparison.Ordinal);
    }

    // Independent of the method that device and command share: sums of the logits of the last decisions.
    private int[][] Sums(float[] samples, int step)
    {
        var frontEnd = SoundFrontEnd.For(model.FrontEnd, model.Input);
        Network network = NetworkBuilder.Build(model);
        int[][] logits = [.. Enumerable.Range(0, ((samples.Length - Slice) / step) + 1)
            .Select(i => FixedPointInterpreter.Run(network, frontEnd.Codes(samples.AsSpan(i * step, Slice))).Logits[0])];
        return [.. logits.Select((own, i) => own.Select((_, c) => Enumerable.Range(Math.Max(0, i - Smoothing + 1), Math.Min(Smoothing, i + 1)).Sum(j => logits[j][c])).ToArray())];
    }

    private static int Lead(int[] sums) => sums.OrderDescending().ToArray() is var order ? order[0] - order[1] : 0;

    private static IEnumerable<(int Decision, int Class)> Detected(int[][] sums, int threshold)
    {
        int last = int.MinValue / 2;
        for (int i = 0; i < sums.Length; i++)
        {
            if (i - last <= Refractory || Lead(sums[i]) < threshold)
                continue;
            last = i;
            yield return (i, Array.IndexOf(sums[i], sums[i].Max()));
        }
    }

    // RFC 4180: the model's labels have quotation marks.
    private static string Quoted(string label) => label.Contains('"', StringComparison.Ordinal) ? $"\"{label.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : label;

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Model(ModelArtifact artifact)
    {
        string path = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(path, ModelWriter.Write(artifact));
        return path;
    }
}
