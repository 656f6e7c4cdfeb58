using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Tests.Data.EightTasks;

/// <summary>A folder for a task of tones: low or high, some slices of each.</summary>
internal sealed class CorpusFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("adapter-corpus-");

    public string Root => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A plan of two classes, an item and a slice each.</summary>
    /// <param name="perSplit">Items of a split.</param>
    /// <param name="origin">Name of an item's file, by split and number.</param>
    /// <param name="quota">Slices of a class that are kept.</param>
    public static TaskPlan Tones(int perSplit, Func<FolderSplit, int, string> origin, Quota? quota = null, string name = "tones") => new(
        name, ["high", "low"], quota ?? new Quota(1000, 1000, 1000), VoicesRecur: false,
        [.. Enum.GetValues<FolderSplit>().SelectMany(split => Enumerable.Range(0, perSplit).Select(i =>
            new PlannedItem(split, Making.Rendered, [origin(split, i)], [i % 2], () => [new MadeSlice(i % 2, Tone(split, i))])))]);

    public static float[] Tone(FolderSplit split, int number)
    {
        var random = new SeededRandom(1, (int)split, number);
        float step = (number % 2 == 0 ? 0.6f : 0.1f) + (random.Next(1000) / 20_000f);
        return [.. Enumerable.Range(0, Mixing.SliceLength).Select(i => 0.3f * MathF.Sin(step * i))];
    }

    /// <summary>The same manifest with other slices.</summary>
    public static SliceManifest Changed(SliceManifest manifest, Func<SliceEntry, SliceEntry> change) => manifest with { Slices = [.. manifest.Slices.Select(change)] };
}
