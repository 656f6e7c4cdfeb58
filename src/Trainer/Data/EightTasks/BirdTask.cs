using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Is there a bird? Weather, noise, animals and babble, with or without recorded calls, in training synthesised chirps too.</summary>
internal sealed class BirdTask(CorpusSources sources)
{
    private const int Number = 5, Bird = 0, NoBird = 1, MixtureStream = 1_000_000;

    /// <summary>Of ten training slices with a bird so many have a synthesised one.</summary>
    private const int ChirpsOfTen = 3;

    private static readonly string[] Labels = ["bird", "none"], Weather = ["rain", "water", "fire", "noise", "noise"];

    private static readonly Quota PerClass = new(2000, 300, 450);

    /// <summary>The task.</summary>
    public TaskPlan Plan() => new("bird", Labels, PerClass, VoicesRecur: false, [.. Enum.GetValues<FolderSplit>().SelectMany(Items)]);

    private IEnumerable<PlannedItem> Items(FolderSplit split)
    {
        IReadOnlyList<Clip> calls = sources.Library.Of("call", split), animals = sources.Library.Of("animal", split), speech = sources.Speech(split);
        for (int i = 0; i < 2 * PerClass.Of(split) * 11 / 10; i++)
        {
            int item = i, index = i % 2;
            SliceRandom choice = sources.Random(Number, split, item);

            // A quarter talks; the rest is weather and noise, and every third has another animal in it.
            Clip[] behind = choice.NextInt(4) == 0
                ? [.. Enumerable.Range(0, 2 + choice.NextInt(3)).Select(_ => choice.Pick(speech))]
                : [choice.Pick(sources.Library.Of(choice.Pick(Weather), split))];
            Clip? animal = choice.NextInt(3) == 0 ? choice.Pick(animals) : null;
            bool isChirp = split == FolderSplit.Train && choice.NextInt(10) < ChirpsOfTen;
            Clip? call = index == NoBird || isChirp ? null : choice.Pick(calls);
            string[] origins = [.. behind.Concat(new[] { animal, call }.OfType<Clip>()).Select(clip => clip.Origin).Distinct(StringComparer.Ordinal)];
            yield return new PlannedItem(split, Making.Mixed, origins, [index], () =>
                [new MadeSlice(index, Mixture(behind, animal, call, index == Bird && call is null, sources.Random(Number, split, MixtureStream + item)))]);
        }
    }

    private float[] Mixture(Clip[] behind, Clip? animal, Clip? call, bool isChirp, SliceRandom random)
    {
        float[] slice = new float[Mixing.SliceLength];
        double level = random.Between(-40, -20);
        foreach (Clip clip in behind)
            Mixing.AddAt(slice, Mixing.Bed(sources.Samples.Kept(clip), random), 0, level);
        Mixing.AddAt(slice, Mixing.Pink(random), 0, level - random.Between(6, 25));
        if (animal is not null)
            Place(slice, Mixing.Event(sources.Samples.Kept(animal), random, Length(random)), level, random);
        if (call is not null)
            Place(slice, Mixing.Event(sources.Samples.Kept(call), random, Length(random)), level, random);
        if (isChirp)
            Place(slice, Chirps(random), level, random);
        return Mixing.Finished(Mixing.Room(slice, random), random.Between(-36, -14));
    }

    private static int Length(SliceRandom random) => (int)(random.Between(0.3, 0.97) * AudioReader.SampleRate);

    private static void Place(float[] slice, float[] sound, double level, SliceRandom random) =>
        Mixing.AddAt(slice, sound, random.NextInt(Math.Max(1, slice.Length - (sound.Length / 2))), level + random.Between(-5, 15));

    // A few glides between 1.5 and 7.5 kHz, each up, down or both ways, some trilled.
    private static float[] Chirps(SliceRandom random)
    {
        float[] song = new float[Length(random)];
        int notes = 2 + random.NextInt(6), each = song.Length / notes;
        double low = random.Between(1500, 4500), reach = random.Between(200, 3000), trill = random.NextInt(2) * random.Between(15, 40), shape = random.Between(-1, 1);
        for (int n = 0; n < notes; n++)
        {
            int sounding = (int)(each * random.Between(0.4, 0.95));
            double phase = 0;
            for (int i = 0; i < sounding; i++)
            {
                double t = i / (double)sounding;
                double hertz = low + (reach * (shape > 0.5 ? Math.Sin(Math.PI * t) : shape > 0 ? t : 1 - t)) + (trill > 0 ? 200 * Math.Sin(2 * Math.PI * trill * i / AudioReader.SampleRate) : 0);
                phase += 2 * Math.PI * hertz / AudioReader.SampleRate;
                song[(n * each) + i] = (float)(Math.Sin(phase) * Math.Sin(Math.PI * t));
            }
        }

        return song;
    }
}
