using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>Speech Commands v0.02 (Warden 2018): the set's own validation and testing lists, which keep every speaker in one split.</summary>
internal static class SpeechCommands
{
    public const string Layout = "WORD/SPEAKER_nohash_N.wav for 35 words, validation_list.txt, testing_list.txt";

    public static TaskPlan Plan(SetFolder folder)
    {
        HashSet<string> validation = List("validation_list.txt"), test = List("testing_list.txt");
        string[] words = [.. folder.Folders().Select(path => Path.GetFileName(path)!).Where(name => name[0] != '_')];
        IEnumerable<PlannedItem> items = words.SelectMany((word, index) => folder.Files(".wav", word).Select(path =>
        {
            string name = word + "/" + Path.GetFileName(path);
            FolderSplit split = validation.Contains(name) ? FolderSplit.Validation : test.Contains(name) ? FolderSplit.Test : FolderSplit.Train;
            return OriginalItems.Of(path, split, index, 1, "voice:" + Path.GetFileName(path).Split("_nohash_")[0]);
        }));
        return new TaskPlan("keyword", words, OriginalItems.Unlimited, VoicesRecur: false, [.. items]);

        HashSet<string> List(string name) => [.. File.ReadLines(folder.File(name)).Select(line => line.Trim())];
    }
}
