using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>A slice of the corpus.</summary>
/// <param name="Split">Its split.</param>
/// <param name="Class">Its class.</param>
/// <param name="Making">How it was made.</param>
/// <param name="Hash">First 16 digits of the SHA-256 of its samples.</param>
/// <param name="Origins">What it was made from.</param>
internal sealed record SliceEntry(FolderSplit Split, int Class, Making Making, string Hash, IReadOnlyList<string> Origins);

/// <summary>A task's list of slices, <c>TASK.tsv</c>, in the order of its sound <c>TASK.pcm</c>; written last, so a task that has one is complete.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Seed">Of the corpus.</param>
/// <param name="VoicesRecur">See <see cref="TaskPlan"/>.</param>
/// <param name="Labels">Class names.</param>
/// <param name="Slices">Slices, training first, then validation, then test.</param>
internal sealed record SliceManifest(string Task, int Seed, bool VoicesRecur, IReadOnlyList<string> Labels, IReadOnlyList<SliceEntry> Slices)
{
    private const string Title = "# eight-task corpus";

    /// <summary>Changes whenever the same packages would give a task other slices.</summary>
    public static int RecipeOf(string task) => task == "language" ? 2 : 1;

    /// <summary>The list's place.</summary>
    public static string PathOf(string folder, string task) => Path.Combine(folder, task + ".tsv");

    /// <summary>The sound's place: 16-bit samples, little-endian.</summary>
    public static string SoundOf(string folder, string task) => Path.Combine(folder, task + ".pcm");

    /// <summary>Writes the list.</summary>
    public void Write(string folder)
    {
        IEnumerable<string> lines = Slices.Select(slice => string.Join(
            '\t', FolderTree.FolderOf(slice.Split), Labels[slice.Class], Name(slice.Making), slice.Hash, string.Join(' ', slice.Origins.Select(origin => origin.Replace(" ", "%20", StringComparison.Ordinal)))));
        string head = string.Create(CultureInfo.InvariantCulture, $"{Title}, recipe {RecipeOf(Task)}, seed {Seed}, task {Task}, voices {(VoicesRecur ? "recur" : "apart")}");
        WholeFile.Write(PathOf(folder, Task), string.Join('\n', [head, "# " + string.Join('\t', Labels), .. lines, ""]));
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Null where there is none, or one of another recipe.</returns>
    /// <exception cref="InvalidDataException">A line describes no slice; the message says which.</exception>
    public static SliceManifest? Read(string folder, string task)
    {
        string path = PathOf(folder, task);
        if (!File.Exists(path))
            return null;
        string[] lines = File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] head = lines.Length < 2 ? [] : lines[0].Split(", ");
        if (head.Length != 5 || head[0] != Title || head[1] != "recipe " + RecipeOf(task).ToString(CultureInfo.InvariantCulture) || head[3] != "task " + task
            || !int.TryParse(head[2].AsSpan("seed ".Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed))
            return null;
        string[] labels = lines[1][2..].Split('\t');
        return new SliceManifest(task, seed, head[4] == "voices recur", labels, [.. lines[2..].Select((line, i) => Entry(line, labels, FormattableString.Invariant($"{path}({i + 3})")))]);
    }

    private static SliceEntry Entry(string line, string[] labels, string where)
    {
        string[] cells = line.Split('\t');
        if (cells.Length != 5)
            throw new InvalidDataException($"{where}: a slice has 5 columns, this line {cells.Length}. {Remedy}");
        FolderSplit split = Named<FolderSplit>(cells[0], FolderTree.FolderOf, where);
        Making making = Named<Making>(cells[2], Name, where);
        int label = Array.IndexOf(labels, cells[1]);
        if (label < 0)
            throw new InvalidDataException($"{where}: '{cells[1]}' is no class of the task; they are {string.Join(", ", labels)}. {Remedy}");
        return new SliceEntry(split, label, making, cells[3], cells[4].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static T Named<T>(string cell, Func<T, string> name, string where)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (name(value) == cell)
                return value;
        }

        throw new InvalidDataException($"{where}: '{cell}' is none of {string.Join(", ", Enum.GetValues<T>().Select(name))}. {Remedy}");
    }

    private const string Remedy = "Delete the list and run adapter-train data prepare, or data import, again.";

    private static string Name(Making making) => making.ToString().ToLowerInvariant();
}
