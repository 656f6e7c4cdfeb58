using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>NSynth (Engel et al. 2017): the set's own splits, which keep instruments apart; the first 975 ms of every note.</summary>
internal static class NSynth
{
    public const string Layout = "nsynth-train/, nsynth-valid/ and nsynth-test/, each with examples.json and audio/*.wav";

    private static readonly (FolderSplit Split, string Folder)[] Parts = [(FolderSplit.Train, "nsynth-train"), (FolderSplit.Validation, "nsynth-valid"), (FolderSplit.Test, "nsynth-test")];

    public static TaskPlan Plan(SetFolder folder, string task)
    {
        (FolderSplit Split, string Path, string Label, string Instrument)[] notes =
        [
            .. Parts.SelectMany(part => Notes(folder, part.Folder, task == "pitch").Select(note => (part.Split, folder.File(part.Folder, "audio", note.Name + ".wav"), note.Label, note.Instrument))),
        ];
        string[] labels = [.. notes.Select(note => note.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new TaskPlan(task, labels, OriginalItems.Unlimited, VoicesRecur: false,
            [.. notes.Select(note => OriginalItems.Of(note.Path, note.Split, Array.IndexOf(labels, note.Label), 1, "voice:" + note.Instrument))]);
    }

    private static List<(string Name, string Label, string Instrument)> Notes(SetFolder folder, string part, bool isPitch)
    {
        string list = folder.File(part, "examples.json");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(list));
            return
            [
                .. document.RootElement.EnumerateObject().OrderBy(note => note.Name, StringComparer.Ordinal).Select(note => (
                    note.Name,
                    isPitch ? note.Value.GetProperty("pitch").GetInt32().ToString("D3", CultureInfo.InvariantCulture) : note.Value.GetProperty("instrument_family_str").GetString()!.Replace('_', '-'),
                    note.Value.GetProperty("instrument_str").GetString()!)),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw folder.Wrong($"{list} is no list of notes with pitch, instrument_family_str and instrument_str ({exception.Message})");
        }
    }
}
