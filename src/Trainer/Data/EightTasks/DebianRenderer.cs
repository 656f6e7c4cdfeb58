using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>espeak-ng, flite and fluidsynth, by their commands.</summary>
/// <param name="work">Folder for what is written in between.</param>
internal sealed class DebianRenderer(string work) : IRenderer
{
    private const string FontFolder = "/usr/share/sounds/sf2";

    private const int SlotMilliseconds = 1100, SlotSamples = SlotMilliseconds * AudioReader.SampleRate / 1000;

    /// <summary>Not voices of people, or the same one faster.</summary>
    private static readonly string[] NoVoices = ["fast", "UniRobot", "announcer", "Demonic"];

    private static readonly string[] FliteVoices = ["awb", "kal", "kal16", "rms", "slt"];

    private int number;

    private IReadOnlyList<SyntheticVoice>? voices;

    /// <inheritdoc/>
    public IReadOnlyList<SyntheticVoice> Voices => voices ??=
    [
        .. SystemCommand.Require("espeak-ng", "--voices=variant").Split('\n')
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(cell => cell.StartsWith("!v/", StringComparison.Ordinal))
            .Select(cell => cell[3..].Trim())
            .Where(name => !NoVoices.Contains(name, StringComparer.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SyntheticVoice("espeak-ng", name, Family(name))),
        .. FliteVoices.Select(name => new SyntheticVoice("flite", name, name.TrimEnd('1', '6'))),
    ];

    /// <inheritdoc/>
    public float[] Speak(Saying said)
    {
        string file = Temporary(".wav");
        string text = said.Text, speed = Number(said.Speed), pitch = Number(said.Pitch);
        if (said.Voice.Engine == "espeak-ng")
            SystemCommand.Require("espeak-ng", "-v", $"{said.Accent}+{said.Voice.Name}", "-s", speed, "-p", pitch, "-w", file, text);
        else
            SystemCommand.Require("flite", "-voice", said.Voice.Name, "--setf", "duration_stretch=" + (150.0 / said.Speed).ToString("F3", CultureInfo.InvariantCulture), "-t", text, "-o", file);
        return Taken(file);
    }

    /// <inheritdoc/>
    public IReadOnlyList<float[]> Play(string font, IReadOnlyList<Note> notes)
    {
        string score = Temporary(".mid"), file = Temporary(".wav");
        NoteScore.Write(score, notes, SlotMilliseconds);

        // Neither reverb nor chorus: a note ends before the next one begins.
        SystemCommand.Require("fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-g", "0.6", "-r", Number(AudioReader.SampleRate), "-F", file, Path.Combine(FontFolder, font + ".sf2"), score);
        File.Delete(score);
        float[] samples = Taken(file);
        return [.. notes.Select((_, i) => Piece(samples, i * SlotSamples))];
    }

    private static float[] Piece(float[] samples, int start)
    {
        float[] slice = new float[Mixing.SliceLength];
        if (start < samples.Length)
            samples.AsSpan(start, Math.Min(slice.Length, samples.Length - start)).CopyTo(slice);
        return slice;
    }

    private static float[] Taken(string file)
    {
        AudioResult result = AudioReader.Read(file);
        File.Delete(file);
        return result is AudioClip clip ? clip.Samples : [];
    }

    private string Temporary(string extension)
    {
        Directory.CreateDirectory(work);
        return Path.Combine(work, Number(Interlocked.Increment(ref number)) + extension);
    }

    // robosoft3 and robosoft5, f1 and f2, Edward and edward2 … are one voice with other numbers.
    private static string Family(string name)
    {
        string family = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').ToLowerInvariant();
        return family is "f" or "m" ? name : family.Replace("anikarobot", "anika", StringComparison.Ordinal).Replace("whisperf", "whisper", StringComparison.Ordinal).Replace("anxiousandy", "andy", StringComparison.Ordinal);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
