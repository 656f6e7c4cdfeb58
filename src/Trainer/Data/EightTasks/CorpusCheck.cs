using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data.Leaks;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>What is wrong with a corpus, and what it holds.</summary>
/// <param name="Table">Counts, a line a task.</param>
/// <param name="Problems">Empty where everything is right.</param>
internal sealed record CorpusCheck(IReadOnlyList<string> Table, IReadOnlyList<string> Problems)
{
    /// <summary>Test slices of a task below which nothing can be told.</summary>
    private const int LeastTest = 300;

    /// <summary>Leaks of one kind that are printed.</summary>
    private const int MostPrinted = 20;

    /// <summary>Looks at every slice of every task.</summary>
    /// <param name="folder">The corpus.</param>
    /// <param name="console">Terminal.</param>
    public static CorpusCheck Run(string folder, RunConsole console)
    {
        var problems = new List<string>();
        SliceManifest[] tasks = [.. EightTaskCorpus.Tasks.Select(task => SliceManifest.Read(folder, task)).OfType<SliceManifest>()];
        foreach (string task in EightTaskCorpus.Tasks.Where(task => tasks.All(each => each.Task != task)))
            problems.Add($"{SliceManifest.PathOf(folder, task)} is missing or of another recipe: run adapter-train data prepare");
        var recorded = new List<PrintedFile>();
        foreach (SliceManifest task in tasks)
        {
            problems.AddRange(Counts(task));
            problems.AddRange(console.Working(task.Task, "slices", report => Sounds(folder, task, recorded, report)));
        }

        problems.AddRange(Leaks(tasks));
        problems.AddRange(console.Working("Leaks", "slices", report => Alike(folder, recorded, report)));
        return new CorpusCheck([.. TextTable.Align([["task", "classes", "train", "val", "test", "chance", "recorded", "rendered", "mixed"], .. tasks.Select(Row)])], problems);
    }

    /// <summary>Files and sounds that are in two splits of whatever tasks, voices in two splits of one.</summary>
    public static IReadOnlyList<string> Leaks(IReadOnlyList<SliceManifest> tasks)
    {
        var problems = new List<string>();
        var splits = new Dictionary<string, (FolderSplit Split, string Task)>(StringComparer.Ordinal);
        var leaks = new HashSet<string>(StringComparer.Ordinal);
        foreach (SliceManifest task in tasks)
        {
            foreach (SliceEntry slice in task.Slices)
            {
                // The samples themselves are an origin as well: whatever they were made from, they are in one split.
                foreach (string origin in slice.Origins.Append("samples:" + slice.Hash))
                {
                    bool isVoice = origin.StartsWith("voice:", StringComparison.Ordinal);
                    if (isVoice && task.VoicesRecur)
                        continue;
                    string key = isVoice ? task.Task + " " + origin : origin;
                    if (splits.TryAdd(key, (slice.Split, task.Task)) || splits[key].Split == slice.Split || !leaks.Add(key))
                        continue;
                    problems.Add($"{origin} is in {FolderTree.FolderOf(splits[key].Split)} of {splits[key].Task} and in {FolderTree.FolderOf(slice.Split)} of {task.Task}");
                }
            }
        }

        return problems.Count <= MostPrinted ? problems : [.. problems.Take(MostPrinted), $"and {problems.Count - MostPrinted} more that are in two splits"];
    }

    /// <summary>Every class in every split, and a test that can tell something.</summary>
    public static IEnumerable<string> Counts(SliceManifest task)
    {
        foreach (FolderSplit split in Enum.GetValues<FolderSplit>())
        {
            string[] empty = [.. task.Labels.Where((_, index) => !task.Slices.Any(slice => slice.Split == split && slice.Class == index))];
            if (empty.Length > 0)
                yield return $"{task.Task}: no slice of {string.Join(", ", empty.Take(MostPrinted))} in {FolderTree.FolderOf(split)}";
        }

        int test = task.Slices.Count(slice => slice.Split == FolderSplit.Test);
        if (test < LeastTest)
            yield return $"{task.Task}: {test} test slices; {LeastTest} are needed to tell anything";
    }

    private static List<string> Sounds(string folder, SliceManifest task, List<PrintedFile> recorded, Action<int, int>? progress)
    {
        var problems = new List<string>();
        string path = SliceManifest.SoundOf(folder, task.Task);
        if (!File.Exists(path) || new FileInfo(path).Length != (long)task.Slices.Count * TaskMaker.SliceBytes)
            return [$"{path} does not hold the {task.Slices.Count} slices of its list: delete {SliceManifest.PathOf(folder, task.Task)} and run adapter-train data prepare"];
        int changed = 0, silent = 0;
        var frontEnd = new IntegerMelFrontEnd();
        using FileStream stream = File.OpenRead(path);
        byte[] bytes = new byte[TaskMaker.SliceBytes];
        for (int i = 0; i < task.Slices.Count; i++)
        {
            SliceEntry slice = task.Slices[i];
            stream.ReadExactly(bytes);
            float[] samples = CodeStore.Samples(bytes);
            changed += TaskMaker.HashOf(bytes) == slice.Hash ? 0 : 1;
            silent += Silence.IsSilent(samples) ? 1 : 0;
            if (slice.Making == Making.Recorded)
                recorded.Add(new PrintedFile($"{task.Task}#{i}", slice.Split, slice.Hash, SoundPrint.Of(frontEnd.Codes(samples), frontEnd.Input.Bands)));
            progress?.Invoke(i + 1, task.Slices.Count);
        }

        if (changed > 0)
            problems.Add($"{path}: {changed} slices are not those of its list: delete the list and run adapter-train data prepare");
        if (silent > 0)
            problems.Add($"{path}: {silent} slices are silent");
        return problems;
    }

    private static List<string> Alike(string folder, List<PrintedFile> recorded, Action<int, int>? progress)
    {
        var search = new LeakSearch(key =>
        {
            string[] parts = key.Split('#');
            using FileStream stream = File.OpenRead(SliceManifest.SoundOf(folder, parts[0]));
            stream.Position = long.Parse(parts[1], CultureInfo.InvariantCulture) * TaskMaker.SliceBytes;
            byte[] bytes = new byte[TaskMaker.SliceBytes];
            stream.ReadExactly(bytes);
            return CodeStore.Samples(bytes);
        });
        IReadOnlyList<Leak> leaks = search.Find(recorded, progress is null ? null : new Relay(progress));
        List<string> lines = [.. leaks.Take(MostPrinted).Select(leak => $"{leak.First.Path} in {FolderTree.FolderOf(leak.First.Split)} and {leak.Second.Path} in {FolderTree.FolderOf(leak.Second.Split)} are one recording")];
        if (leaks.Count > MostPrinted)
            lines.Add($"and {leaks.Count - MostPrinted} more slices that sound like one of another split");
        return lines;
    }

    private static string[] Row(SliceManifest task)
    {
        SliceEntry[] test = [.. task.Slices.Where(slice => slice.Split == FolderSplit.Test)];
        int most = task.Slices.Where(slice => slice.Split == FolderSplit.Train).GroupBy(slice => slice.Class).OrderByDescending(group => group.Count()).Select(group => group.Key).FirstOrDefault();
        string Share(Making making) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * task.Slices.Count(slice => slice.Making == making) / Math.Max(1, task.Slices.Count):F0} %");
        string Count(FolderSplit split) => TextTable.Number(task.Slices.Count(slice => slice.Split == split));
        return
        [
            task.Task, TextTable.Number(task.Labels.Count), Count(FolderSplit.Train), Count(FolderSplit.Validation), Count(FolderSplit.Test),
            (test.Count(slice => slice.Class == most) / (double)Math.Max(1, test.Length)).ToString("F3", CultureInfo.InvariantCulture),
            Share(Making.Recorded), Share(Making.Rendered), Share(Making.Mixed),
        ];
    }

    private sealed class Relay(Action<int, int> report) : IProgress<FolderProgress>
    {
        public void Report(FolderProgress value) => report(value.Done, value.Total);
    }
}
