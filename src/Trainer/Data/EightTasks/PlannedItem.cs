using System;
using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>How a slice came to be: shown wherever its accuracy is.</summary>
internal enum Making
{
    /// <summary>A piece of one recording.</summary>
    Recorded,

    /// <summary>Made by a synthesiser.</summary>
    Rendered,

    /// <summary>Put together from several of these.</summary>
    Mixed,
}

/// <summary>A slice made.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Samples">One slice, 16 kHz mono.</param>
internal readonly record struct MadeSlice(int Class, float[] Samples);

/// <summary>One recording to cut, one mixture to make or some notes to render: a few slices that belong together.</summary>
/// <param name="Split">Their split.</param>
/// <param name="Making">How they are made.</param>
/// <param name="Origins">Files (<c>file:</c>), voices (<c>voice:</c>) and sounds (<c>font:</c>) that they are made from.</param>
/// <param name="Classes">Classes that may come of it; made only while one of them still needs slices.</param>
/// <param name="Make">Makes them, on any thread; the same every time.</param>
internal sealed record PlannedItem(FolderSplit Split, Making Making, IReadOnlyList<string> Origins, IReadOnlyList<int> Classes, Func<IEnumerable<MadeSlice>> Make);

/// <summary>Slices of a class: what a task stops at.</summary>
/// <param name="Train">In training.</param>
/// <param name="Validation">In validation.</param>
/// <param name="Test">In the test.</param>
internal sealed record Quota(int Train, int Validation, int Test)
{
    /// <summary>Of a split.</summary>
    public int Of(FolderSplit split) => split switch
    {
        FolderSplit.Train => Train,
        FolderSplit.Validation => Validation,
        _ => Test,
    };
}

/// <summary>A task as it is to be made.</summary>
/// <param name="Name">Name of the task.</param>
/// <param name="Labels">Class names, ordinal order.</param>
/// <param name="PerClass">Most slices of a class.</param>
/// <param name="VoicesRecur">True where the class is the voice: then it is in every split, and its clips in one each.</param>
/// <param name="Items">In the order of the corpus.</param>
internal sealed record TaskPlan(string Name, IReadOnlyList<string> Labels, Quota PerClass, bool VoicesRecur, IReadOnlyList<PlannedItem> Items);
