using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Cuts recordings into slices.</summary>
internal static class Cutting
{
    /// <summary>Of a spoken clip more is not read.</summary>
    private const int SpokenSeconds = 8;

    /// <summary>Slices of a spoken clip, side by side; a shorter clip lies anywhere in one.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="voice">Who speaks.</param>
    /// <param name="index">Class.</param>
    /// <param name="most">Slices at most.</param>
    /// <param name="random">Makes the random numbers of this item.</param>
    public static PlannedItem Spoken(Clip clip, Voice voice, int index, int most, Func<SliceRandom> random) =>
        new(clip.Split, Making.Recorded, [clip.Origin, voice.Origin], [index], () => Slices(Mixing.Trimmed(ClipSamples.Read(clip.Path, SpokenSeconds)), most, random()).Select(slice => new MadeSlice(index, slice)));

    /// <summary>Slices evenly spread over some samples; what is shorter than one lies anywhere in it.</summary>
    public static IEnumerable<float[]> Slices(float[] samples, int most, SliceRandom random)
    {
        int count = Math.Min(most, samples.Length / Mixing.SliceLength);
        if (count == 0)
        {
            yield return Placed(samples, random);
            yield break;
        }

        int room = samples.Length - (count * Mixing.SliceLength);
        for (int i = 0; i < count; i++)
        {
            int start = (i * Mixing.SliceLength) + (count == 1 ? room / 2 : room * i / (count - 1));
            yield return samples[start..(start + Mixing.SliceLength)];
        }
    }

    /// <summary>A short sound somewhere in a slice; of a longer one its middle.</summary>
    public static float[] Placed(float[] samples, SliceRandom random)
    {
        float[] slice = new float[Mixing.SliceLength];
        int room = slice.Length - samples.Length;
        Mixing.Add(slice, samples, room > 0 ? random.NextInt(room + 1) : room / 2, 1);
        return slice;
    }

    /// <summary>All items of several lists by turns.</summary>
    public static IEnumerable<T> ByTurns<T>(IReadOnlyList<IReadOnlyList<T>> lists)
    {
        for (int i = 0; i < lists.Max(list => list.Count); i++)
        {
            foreach (IReadOnlyList<T> list in lists.Where(list => i < list.Count))
                yield return list[i];
        }
    }
}
