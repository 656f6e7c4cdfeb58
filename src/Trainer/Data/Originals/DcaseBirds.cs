using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>Bird audio detection of DCASE 2018 (Stowell et al. 2018): ten-second recordings, each wholly with or without a bird; split by their names.</summary>
internal static class DcaseBirds
{
    public const string Layout = "ff1010bird/*.wav and ff1010bird*.csv, warblrb10k/*.wav and warblrb10k*.csv, with the columns itemid,datasetid,hasbird";

    private const int SlicesOfARecording = 10;

    private static readonly string[] Parts = ["ff1010bird", "warblrb10k"], Labels = ["bird", "none"];

    public static TaskPlan Plan(SetFolder folder) => new("bird", Labels, OriginalItems.Unlimited, VoicesRecur: false, [.. Parts.SelectMany(part => Items(folder, part))]);

    private static IEnumerable<PlannedItem> Items(SetFolder folder, string part)
    {
        string[] lists = [.. folder.Files(".csv").Where(path => Path.GetFileName(path).StartsWith(part, StringComparison.Ordinal))];
        if (lists.Length != 1)
            throw folder.Wrong($"{lists.Length} lists {part}*.csv were found, and one is needed");
        string[][] lines = [.. File.ReadLines(lists[0]).Where(line => line.Length > 0).Select(line => line.Split(','))];
        if (lines.Length == 0)
            throw folder.Wrong($"{lists[0]} is empty");
        int item = Array.IndexOf(lines[0], "itemid"), bird = Array.IndexOf(lines[0], "hasbird");
        if (item < 0 || bird < 0)
            throw folder.Wrong($"{lists[0]} has no column itemid or none called hasbird");
        if (lines.FirstOrDefault(cells => cells.Length != lines[0].Length) is { } odd)
            throw folder.Wrong($"{lists[0]} has a line of {odd.Length} columns, '{string.Join(',', odd)}', and {lines[0].Length} in its first");
        return lines[1..].Select(cells => OriginalItems.Of(
            folder.File(part, cells[item] + ".wav"), OriginalItems.ByName(part + cells[item]), cells[bird].Trim() == "1" ? 0 : 1, SlicesOfARecording));
    }
}
