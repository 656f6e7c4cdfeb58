using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Ten places, mixed from recorded ingredients after Scaper (Salamon et al. 2017): a bed or events of the place, and what may be heard anywhere.</summary>
internal sealed class SceneTask(CorpusSources sources)
{
    private const int Number = 6, MixtureStream = 1_000_000;

    private const string Cafe = "cafe", Dishes = "dishes", Steps = "steps";

    /// <summary>Ordinal order; each but the café is the name of its ingredients too.</summary>
    private static readonly string[] Labels = ["battle", Cafe, "farm", "fire", "night", "park", "rain", Steps, "water", "workshop"];

    private static readonly string[] OfEvents = ["battle", "farm", "workshop"];

    private static readonly Quota PerClass = new(400, 60, 90);

    /// <summary>The task.</summary>
    public TaskPlan Plan() => new("scene", Labels, PerClass, VoicesRecur: false, [.. Enum.GetValues<FolderSplit>().SelectMany(Items)]);

    private IEnumerable<PlannedItem> Items(FolderSplit split)
    {
        IReadOnlyList<Clip> speech = sources.Speech(split), noises = sources.Library.Of("noise", split);
        for (int i = 0; i < Labels.Length * PerClass.Of(split) * 11 / 10; i++)
        {
            int item = i, index = i % Labels.Length;
            SliceRandom choice = sources.Random(Number, split, item);
            Clip[] own = Own(Labels[index], split, speech, choice);
            Clip? voice = choice.NextInt(3) == 0 ? choice.Pick(speech) : null, noise = choice.NextInt(4) == 0 ? choice.Pick(noises) : null;
            string[] origins = [.. own.Concat(new[] { voice, noise }.OfType<Clip>()).Select(clip => clip.Origin).Distinct(StringComparer.Ordinal)];
            yield return new PlannedItem(split, Making.Mixed, origins, [index], () =>
                [new MadeSlice(index, Mixture(Labels[index], own, voice, noise, sources.Random(Number, split, MixtureStream + item)))]);
        }
    }

    private Clip[] Own(string label, FolderSplit split, IReadOnlyList<Clip> speech, SliceRandom choice)
    {
        if (label == Cafe)
            return [.. Enumerable.Range(0, 4 + choice.NextInt(4)).Select(_ => choice.Pick(speech)), .. Enumerable.Range(0, 1 + choice.NextInt(2)).Select(_ => choice.Pick(sources.Library.Of(Dishes, split)))];
        IReadOnlyList<Clip> clips = sources.Library.Of(label, split);
        int count = OfEvents.Contains(label, StringComparer.Ordinal) ? 2 + choice.NextInt(4) : 1;
        return [.. Enumerable.Range(0, count).Select(_ => choice.Pick(clips))];
    }

    private float[] Mixture(string label, Clip[] own, Clip? voice, Clip? noise, SliceRandom random)
    {
        float[] slice = new float[Mixing.SliceLength];
        double level = -26;
        if (label == Steps)
            Walk(slice, sources.Samples.Kept(own[0]), level, random);
        else if (label == Cafe || OfEvents.Contains(label, StringComparer.Ordinal))
            Events(slice, own, level, random);
        else
            Mixing.AddAt(slice, Mixing.Bed(sources.Samples.Kept(own[0]), random), 0, level);

        Mixing.AddAt(slice, Mixing.Pink(random), 0, level - random.Between(8, 30));
        foreach (Clip clip in new[] { voice, noise }.OfType<Clip>())
            Event(slice, clip, level - random.Between(0, 12), random);
        return Mixing.Finished(Mixing.Room(slice, random), random.Between(-36, -14));
    }

    private void Events(float[] slice, Clip[] clips, double level, SliceRandom random)
    {
        foreach (Clip clip in clips)
            Event(slice, clip, level + random.Between(-8, 4), random);
    }

    private void Event(float[] slice, Clip clip, double level, SliceRandom random)
    {
        float[] sound = Mixing.Event(sources.Samples.Kept(clip), random, (int)(random.Between(0.3, 0.97) * AudioReader.SampleRate));
        Mixing.AddAt(slice, sound, random.NextInt(slice.Length) - (sound.Length / 2), level);
    }

    // Two or three steps at a walker's pace.
    private static void Walk(float[] slice, float[] step, double level, SliceRandom random)
    {
        double pace = random.Between(0.3, 0.55);
        for (double at = random.Between(0, pace); at < slice.Length / (double)AudioReader.SampleRate; at += pace)
            Mixing.AddAt(slice, step, (int)(at * AudioReader.SampleRate), level + random.Between(-3, 3));
    }
}
