using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Notes of General MIDI instruments: how high, and of which family. Both tasks hear the same notes; soundfonts are held out.</summary>
internal sealed class NoteTasks(CorpusSources sources)
{
    /// <summary>A piano's keys.</summary>
    public const int Lowest = 21, Highest = 108;

    private const int Number = 7, NotesOfAnItem = 176;

    /// <summary>NSynth's families, and their programs in General MIDI.</summary>
    private static readonly (string Name, int First, int Last)[] Families =
    [
        ("bass", 32, 39), ("brass", 56, 63), ("flute", 72, 79), ("guitar", 24, 31), ("keyboard", 0, 7), ("mallet", 8, 15), ("organ", 16, 23), ("reed", 64, 71), ("string", 40, 46),
        ("synth-lead", 80, 87), ("vocal", 52, 54),
    ];

    private static readonly (FolderSplit Split, string Font, int Notes)[] Fonts =
    [
        (FolderSplit.Train, "FluidR3_GM", 2816), (FolderSplit.Train, "OPL-3_FM_128M", 1232), (FolderSplit.Validation, "sf_GMbank", 528), (FolderSplit.Test, "TimGM6mb", 880),
    ];

    /// <summary>How high.</summary>
    public TaskPlan Pitch() => Plan("pitch", [.. Enumerable.Range(Lowest, Highest - Lowest + 1).Select(pitch => pitch.ToString("D3", CultureInfo.InvariantCulture))], (note, _) => note.Pitch - Lowest);

    /// <summary>Of which family.</summary>
    public TaskPlan Family() => Plan("family", [.. Families.Select(family => family.Name)], (_, family) => family);

    private TaskPlan Plan(string name, IReadOnlyList<string> labels, Func<Note, int, int> classOf)
    {
        int[] all = [.. Enumerable.Range(0, labels.Count)];
        var items = new List<PlannedItem>();
        foreach ((FolderSplit split, string font, int notes) in Fonts)
        {
            for (int first = 0; first < notes; first += NotesOfAnItem)
            {
                (Note Note, int Family)[] chosen = [.. Enumerable.Range(first, Math.Min(NotesOfAnItem, notes - first)).Select(i => Choose(split, font, i))];
                items.Add(new PlannedItem(split, Making.Rendered, ["font:" + font], all, () => sources.Renderer.Play(font, [.. chosen.Select(each => each.Note)])
                    .Select((slice, i) => new MadeSlice(classOf(chosen[i].Note, chosen[i].Family), slice))));
            }
        }

        return new TaskPlan(name, labels, new Quota(int.MaxValue, int.MaxValue, int.MaxValue), VoicesRecur: false, items);
    }

    // Every key equally often, families by turns; velocity, onset and length at random.
    private (Note Note, int Family) Choose(FolderSplit split, string font, int index)
    {
        SliceRandom random = sources.Random(Number + (int)(RealSoundSplit.Hash(font) % 1000), split, index);
        int family = random.NextInt(Families.Length);
        (_, int first, int last) = Families[family];
        int pitch = Lowest + (index % (Highest - Lowest + 1));
        return (new Note(first + random.NextInt(last - first + 1), pitch, 50 + random.NextInt(78), random.NextInt(120), 350 + random.NextInt(450)), family);
    }
}
