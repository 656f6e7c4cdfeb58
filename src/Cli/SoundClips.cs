using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.SelfTest;

namespace AdapterCompiler.Cli;

/// <summary>Sound files to windows of codes.</summary>
internal static class SoundClips
{
    /// <summary>The loudest window of each file; prints what is wrong with one and returns null.</summary>
    public static IReadOnlyList<Clip>? Read(ModelArtifact artifact, IEnumerable<string> files)
    {
        if (artifact.FrontEnd.SampleRate != AudioReader.SampleRate)
        {
            Console.Error.WriteLine($"adapterc: the model hears {artifact.FrontEnd.SampleRate} Hz, sound files are read at {AudioReader.SampleRate} Hz. Train at {AudioReader.SampleRate} Hz to make clips of files.");
            return null;
        }

        var frontEnd = SoundFrontEnd.For(artifact.FrontEnd, artifact.Input);
        var clips = new List<Clip>();
        foreach (string file in files)
        {
            AudioResult read = AudioReader.Read(file);
            if (read is AudioClip { Warning: { } warning })
                Console.Error.WriteLine($"{file}: {warning}");
            switch (read)
            {
                case AudioFailure failure:
                    Console.Error.WriteLine($"{file}: no clip, {failure.Message}");
                    return null;
                case AudioClip clip when clip.Samples.Length < frontEnd.Slices.LeastSamples:
                    Console.Error.WriteLine($"{file}: no clip, {clip.Seconds:0.000} s are too short: at least {frontEnd.Slices.LeastSamples / (double)AudioReader.SampleRate:0.000} s are needed");
                    return null;
                case AudioClip clip:
                    clips.Add(Loudest(frontEnd, frontEnd.Slices.Filled(clip.Samples), Path.GetFileName(file)));
                    break;
            }
        }

        return clips;
    }

    private static Clip Loudest(SoundFrontEnd frontEnd, float[] samples, string name) => frontEnd.Slices
        .Starts(samples.Length, Math.Max(1, frontEnd.Input.Frames / 8))
        .Select(start => (Start: start, Codes: frontEnd.Codes(samples.AsSpan(start, frontEnd.Slices.SampleCount))))
        .Select(window => (window.Start, window.Codes, Loudness: window.Codes.Sum(code => code)))
        .MaxBy(window => window.Loudness) is var loudest
            ? new Clip(FormattableString.Invariant($"{name} from {loudest.Start / (double)AudioReader.SampleRate:0.000} s"), loudest.Codes.ToValueArray())
            : throw new InvalidOperationException("no window");
}
