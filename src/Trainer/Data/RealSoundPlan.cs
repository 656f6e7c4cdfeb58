using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Data;

/// <summary>A recording of a package.</summary>
/// <param name="Package">Package name.</param>
/// <param name="Class">Language or music.</param>
/// <param name="Prompt">Its name there, the same in every language.</param>
/// <param name="Source">Where the package put it.</param>
/// <param name="Samples">Length at 16 kHz.</param>
internal sealed record RealSoundRecording(string Package, string Class, string Prompt, string Source, long Samples)
{
    public bool IsMusic => Class == RealSoundPackages.Music;

    public FolderSplit Split => IsMusic ? RealSoundSplit.OfTrack(Prompt) : RealSoundSplit.OfPrompt(Prompt);
}

/// <summary>A file of the corpus: a line of its manifest.</summary>
/// <param name="Path">Relative to the corpus, with '/'.</param>
/// <param name="Package">Where it comes from.</param>
/// <param name="Source">The recording in that package.</param>
/// <param name="Split">Its split.</param>
/// <param name="Class">Its class in the task that <paramref name="Path"/> begins with.</param>
/// <param name="Seconds">Its length.</param>
public sealed record RealSoundFile(string Path, string Package, string Source, FolderSplit Split, string Class, double Seconds);

/// <summary>Decides which recordings go where. Pure: names and lengths in, files out.</summary>
internal static class RealSoundPlan
{
    /// <summary>975 ms: what is shorter gives no slice.</summary>
    public const int SliceSamples = 15_600;

    private const int SamplesPerSecond = 16_000;

    /// <summary>All files of both tasks, ordinal order of paths.</summary>
    public static IReadOnlyList<RealSoundFile> Files(IReadOnlyList<RealSoundRecording> recordings)
    {
        List<RealSoundRecording> speech = recordings.Where(recording => !recording.IsMusic).ToList();
        List<RealSoundRecording> music = recordings.Where(recording => recording.IsMusic).ToList();
        var files = speech.Select(recording => File(recording, "language", recording.Class, Flat(recording.Prompt))).ToList();
        files.AddRange(music.Select(recording => File(recording, "sound", RealSoundPackages.Music, Flat(recording.Prompt))));
        foreach (FolderSplit split in Enum.GetValues<FolderSplit>())
        {
            long budget = music.Where(recording => recording.Split == split).Sum(Usable);
            files.AddRange(Balanced(speech.Where(recording => recording.Split == split), budget)
                .Select(recording => File(recording, "sound", "speech", $"{recording.Class}.{Flat(recording.Prompt)}")));
        }

        return files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
    }

    /// <summary>Speech until it has as many slices as the music: the languages by turns, prompts in the order of their hashes.</summary>
    private static IEnumerable<RealSoundRecording> Balanced(IEnumerable<RealSoundRecording> speech, long budget)
    {
        List<Queue<RealSoundRecording>> languages = speech
            .GroupBy(recording => recording.Class, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Queue<RealSoundRecording>(group.OrderBy(recording => RealSoundSplit.Hash("order " + recording.Prompt)).ThenBy(recording => recording.Prompt, StringComparer.Ordinal)))
            .ToList();
        while (budget > 0 && languages.Exists(language => language.Count > 0))
        {
            foreach (Queue<RealSoundRecording> language in languages.Where(language => language.Count > 0))
            {
                RealSoundRecording next = language.Dequeue();
                budget -= Usable(next);
                yield return next;
                if (budget <= 0)
                    yield break;
            }
        }
    }

    /// <summary>Slices side by side; only the ratio between classes matters.</summary>
    private static long Usable(RealSoundRecording recording) => recording.Samples / SliceSamples;

    private static RealSoundFile File(RealSoundRecording recording, string task, string name, string file) => new(
        $"{task}/{FolderTree.FolderOf(recording.Split)}/{name}/{file}.wav",
        recording.Package,
        recording.Source,
        recording.Split,
        name,
        recording.Samples / (double)SamplesPerSecond);

    private static string Flat(string prompt) => prompt.Replace("/", "__", StringComparison.Ordinal);
}
