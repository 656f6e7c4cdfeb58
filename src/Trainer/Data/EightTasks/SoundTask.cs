using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Music, noise or speech: recordings, and where noises are too few, two of them at once. Packages and voices are held out.</summary>
internal sealed class SoundTask(CorpusSources sources)
{
    private const int Number = 4, Music = 0, Noise = 1, Speech = 2;

    private const int SlicesOfANoise = 8;

    private static readonly string[] Labels = ["music", "noise", "speech"];

    private static readonly Quota PerClass = new(1350, 200, 320);

    private static readonly (FolderSplit Split, string[] Voices)[] Speakers =
    [
        (FolderSplit.Train, ["fillets-cs-", "fillets-nl-", "tuxpaint-be", "tuxpaint-bg", "tuxpaint-ca", "tuxpaint-el", "tuxpaint-es", "tuxpaint-fr", "tuxpaint-ro", "hedgewars-default"]),
        (FolderSplit.Validation, ["asterisk-it", "hedgewars-singer", "klettres-", "tuxpaint-da"]),
        (FolderSplit.Test, ["asterisk-allison", "asterisk-fr", "asterisk-ru", "fillets-en", "hedgewars-british", "tuxpaint-ru"]),
    ];

    /// <summary>The task.</summary>
    public TaskPlan Plan() => new("sound", Labels, PerClass, VoicesRecur: false,
        [.. Enum.GetValues<FolderSplit>().SelectMany(split => MusicOf(split).Concat(NoiseOf(split)).Concat(SpeechOf(split)))]);

    private IEnumerable<PlannedItem> MusicOf(FolderSplit split)
    {
        IReadOnlyList<Clip> clips = sources.Library.Of("music", split);
        int each = (PerClass.Of(split) / clips.Count) + 2;
        return clips.Select((clip, i) => new PlannedItem(split, Making.Recorded, [clip.Origin], [Music], () =>
            Cutting.Slices(ClipSamples.Read(clip.Path), each, sources.Random(Number, split, i)).Select(slice => new MadeSlice(Music, slice))));
    }

    // First each by itself, then two at once, as many as are needed.
    private IEnumerable<PlannedItem> NoiseOf(FolderSplit split)
    {
        IReadOnlyList<Clip> clips = sources.Library.Of("noise", split);
        for (int i = 0; i < clips.Count; i++)
        {
            int item = 100_000 + i;
            Clip clip = clips[i];
            yield return new PlannedItem(split, Making.Recorded, [clip.Origin], [Noise], () =>
                Cutting.Slices(sources.Samples.Kept(clip), SlicesOfANoise, sources.Random(Number, split, item)).Select(slice => new MadeSlice(Noise, slice)));
        }

        for (int i = 0; i < PerClass.Of(split); i++)
        {
            int item = 200_000 + i;
            SliceRandom choice = sources.Random(Number, split, item);
            Clip first = choice.Pick(clips), second = choice.Pick(clips);
            yield return new PlannedItem(split, Making.Mixed, [first.Origin, second.Origin], [Noise], () => [new MadeSlice(Noise, Both(first, second, sources.Random(Number, split, 1_000_000 + item)))]);
        }
    }

    private float[] Both(Clip first, Clip second, SliceRandom random)
    {
        float[] slice = new float[Mixing.SliceLength];
        foreach (Clip clip in (Clip[])[first, second])
        {
            float[] piece = Mixing.Event(sources.Samples.Kept(clip), random, Mixing.SliceLength);
            Mixing.AddAt(slice, piece, random.NextInt(Math.Max(1, slice.Length - piece.Length)), random.Between(-36, -16));
        }

        return Mixing.Finished(Mixing.Room(slice, random), random.Between(-36, -16));
    }

    private IEnumerable<PlannedItem> SpeechOf(FolderSplit split)
    {
        string[] starts = Speakers.First(each => each.Split == split).Voices;
        Voice[] voices = [.. sources.Library.Voices.Where(voice => starts.Any(start => voice.Name.StartsWith(start, StringComparison.Ordinal)) && !IsElsewhere(voice, split))];
        return Cutting.ByTurns([.. voices.Select((voice, v) => voice.Clips.Where(clip => clip.Split == split)
            .Select((clip, i) => Cutting.Spoken(clip, voice, Speech, 2, () => sources.Random(Number, split, 300_000 + (v * 10_000) + i))).ToArray())]);
    }

    // hedgewars-default is no beginning of hedgewars-default_es.
    private static bool IsElsewhere(Voice voice, FolderSplit split) => voice.Name.StartsWith("hedgewars-default_", StringComparison.Ordinal) && split == FolderSplit.Train;
}
