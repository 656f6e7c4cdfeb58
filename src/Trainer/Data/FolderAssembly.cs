using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data;

/// <summary>Puts the slices of files together to tasks, and makes the classes for "none of these".</summary>
internal sealed class FolderAssembly(FolderTree tree, IReadOnlyList<FileSlices> decoded, FolderOptions options, SoundFrontEnd frontEnd)
{
    private readonly (FolderFile File, FileSlices Content)[] files = [.. tree.Files.Zip(decoded)];
    private readonly List<FolderCount> made = [];

    /// <summary>What was made beside the recordings; known after <see cref="Tasks"/>.</summary>
    public IReadOnlyList<FolderCount> Made => made;

    /// <summary>All tasks, in the tree's order.</summary>
    public IReadOnlyList<TaskData> Tasks() =>
        [.. tree.Tasks.Select((task, number) => new TaskData(
            task.Name, task.Classes, Set(task, number, FolderSplit.Train), Set(task, number, FolderSplit.Validation), Set(task, number, FolderSplit.Test)))];

    private SliceSet Set(FolderTask task, int number, FolderSplit split)
    {
        var slices = new List<(Slice Slice, int Class)>();
        foreach ((FolderFile file, FileSlices content) in files.Where(each => each.File.Task == task.Name && each.File.Split == split))
        {
            int index = task.ClassIndex(file.Class);
            slices.AddRange(content.Slices.Select(slice => (slice, index)));
        }

        if (options.None.Of(task.Name) is { } none)
            slices.AddRange(Fed(task, number, split, none, slices));
        bool isPadded = slices.Exists(each => !each.Slice.Margin.IsNone);
        return new SliceSet([.. slices.Select(each => each.Slice.Codes)], [.. slices.Select(each => each.Class)])
        {
            Margins = isPadded ? [.. slices.Select(each => each.Slice.Margin)] : null,
        };
    }

    // As many as the other classes have on average, beside what was recorded.
    private List<(Slice Slice, int Class)> Fed(FolderTask task, int number, FolderSplit split, string none, List<(Slice Slice, int Class)> recorded)
    {
        int index = task.ClassIndex(none), others = task.Classes.Count - 1;
        int count = (recorded.Count(each => each.Class != index) + others - 1) / others;
        Slice[] slices = [.. new NoneSource(frontEnd, options.Seed).Slices(number, split, count, Pieces(task, split))];
        double seconds = count * (frontEnd.Slices.SampleCount / (double)AudioReader.SampleRate);
        made.Add(new FolderCount(task.Name, split, none, 0, count, seconds));
        return [.. slices.Select(slice => (slice, index))];
    }

    // A recording that the task has itself, in whatever class, is not "none of these".
    private List<Slice> Pieces(FolderTask task, FolderSplit split)
    {
        HashSet<string> own = [.. files.Where(each => each.File.Task == task.Name).Select(each => each.Content.Hash)];
        return [.. files.Where(each => each.File.Task != task.Name && each.File.Split == split && !own.Contains(each.Content.Hash)).SelectMany(each => each.Content.Slices)];
    }
}
