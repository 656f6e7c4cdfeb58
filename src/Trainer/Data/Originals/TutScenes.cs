using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>TUT Urban Acoustic Scenes 2018, development set (Mesaros et al. 2018): its own fold; a tenth of the training places validate.</summary>
internal static class TutScenes
{
    public const string Layout = "meta.csv (filename, scene_label, identifier …), evaluation_setup/fold1_train and fold1_evaluate (.csv or .txt), audio/*.wav";

    private const int SlicesOfARecording = 10;

    public static TaskPlan Plan(SetFolder folder)
    {
        string[][] lines = [.. File.ReadLines(folder.File("meta.csv")).Where(line => line.Length > 0).Select(Cells)];
        int file = Array.IndexOf(lines[0], "filename"), label = Array.IndexOf(lines[0], "scene_label"), place = Array.IndexOf(lines[0], "identifier");
        if (file < 0 || label < 0 || place < 0)
            throw folder.Wrong("meta.csv lacks the column filename, scene_label or identifier");
        HashSet<string> train = Fold("train"), test = Fold("evaluate");
        string[] labels = [.. lines[1..].Select(cells => cells[label]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        // A recording of neither list is of a place that another fold is for.
        IEnumerable<PlannedItem> items = lines[1..].Where(cells => train.Contains(cells[file]) || test.Contains(cells[file])).Select(cells => OriginalItems.Of(
            folder.File(cells[file]), test.Contains(cells[file]) ? FolderSplit.Test : OriginalItems.TrainOrValidation(cells[place]), Array.IndexOf(labels, cells[label]), SlicesOfARecording,
            "voice:" + cells[place]));
        return new TaskPlan("scene", labels, OriginalItems.Unlimited, VoicesRecur: false, [.. items]);

        HashSet<string> Fold(string name) => [.. File.ReadLines(folder.AnyFile("evaluation_setup", $"fold1_{name}.csv", $"fold1_{name}.txt")).Select(line => Cells(line)[0])];
    }

    private static string[] Cells(string line) => line.Split(['\t', ',']);
}
