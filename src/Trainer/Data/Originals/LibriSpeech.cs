using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>LibriSpeech train-clean-100 (Panayotov et al. 2015): 251 readers are the classes; every utterance is in one split, by its name.</summary>
internal static class LibriSpeech
{
    public const string Layout = "train-clean-100/SPEAKER/CHAPTER/ID.flac, SPEAKERS.TXT (FLAC is read with ffmpeg)";

    private const string Subset = "train-clean-100";

    /// <summary>Slices of an utterance of 12 to 16 s.</summary>
    private const int SlicesOfAnUtterance = 8;

    public static TaskPlan Plan(SetFolder folder)
    {
        HashSet<string> known = [.. File.ReadLines(folder.File("SPEAKERS.TXT")).Where(line => !line.StartsWith(';')).Select(line => line.Split('|')).Where(cells => cells.Length > 2 && cells[2].Trim() == Subset).Select(cells => cells[0].Trim())];
        string[] speakers = [.. folder.Folders(Subset).Select(path => Path.GetFileName(path)!)];
        if (Array.Find(speakers, speaker => !known.Contains(speaker)) is { } stranger)
            throw folder.Wrong($"speaker {stranger} is not one of {Subset} in SPEAKERS.TXT");
        IEnumerable<PlannedItem> items = speakers.SelectMany((speaker, index) => folder.Files(".flac", Subset, speaker)
            .Select(path => OriginalItems.Of(path, OriginalItems.ByName(Path.GetFileName(path)), index, SlicesOfAnUtterance, "voice:" + speaker)));
        return new TaskPlan("speaker", speakers, OriginalItems.Unlimited, VoicesRecur: true, [.. items]);
    }
}
