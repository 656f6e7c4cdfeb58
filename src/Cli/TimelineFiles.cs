using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Cli;

/// <summary>
/// A timeline as files for other programs: one table of all sounds as CSV (RFC 4180, seconds), another one of every slice's logits, and Audacity's label tracks, one a sound and
/// task (<see href="https://manual.audacityteam.org/man/importing_and_exporting_labels.html"/>: start, end and text of a label on a line, separated by tabs).
/// </summary>
internal sealed class TimelineFiles : IDisposable
{
    private readonly StreamWriter? table;
    private readonly StreamWriter? numbers;
    private readonly string? tracks;
    private readonly Dictionary<string, List<string>> labels = new(StringComparer.Ordinal);

    /// <summary>Begins the tables, and makes the folder for label tracks.</summary>
    /// <param name="csv">The table's file; null for none.</param>
    /// <param name="audacity">Folder for label tracks; null for none.</param>
    /// <param name="logits">The file of the logits' table; null for none.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public TimelineFiles(string? csv, string? audacity, string? logits)
    {
        tracks = audacity;
        if (audacity is not null)
            Directory.CreateDirectory(audacity);
        table = Table(csv, "file,from,to,task,label,score,likely");
        numbers = Table(logits, "file,from,task,label,logit");
    }

    /// <summary>What is wrong with the places that files are to be written to, or null.</summary>
    /// <param name="read">Files that are read.</param>
    /// <param name="csv">As of the constructor.</param>
    /// <param name="audacity">The same.</param>
    /// <param name="logits">The same.</param>
    public static string? Problem(IReadOnlyList<string> read, string? csv, string? audacity, string? logits)
    {
        (string Option, string? Path)[] places = [("--csv", csv), ("--logits", logits), ("--audacity", audacity)];
        foreach ((string option, string? path) in places)
        {
            if (path is null)
                continue;
            if (path.Length == 0)
                return $"{option} is empty; name a place, or leave {option} out";
            if (read.Any(file => file.Length > 0 && Real(file) == Real(path)))
                return $"{option} {path}: that file is read here and would be overwritten; name another";
        }

        return csv is not null && logits is not null && Real(csv) == Real(logits) ? $"--csv and --logits both name {csv}; give each table its own file" : null;
    }

    // Links are followed.
    private static string Real(string path)
    {
        string whole = Path.GetFullPath(path);
        return File.Exists(whole) ? File.ResolveLinkTarget(whole, returnFinalTarget: true)?.FullName ?? whole : whole;
    }

    /// <summary>Adds a stretch with one answer.</summary>
    /// <param name="file">Sound file.</param>
    /// <param name="task">Which task answers.</param>
    /// <param name="label">Its answer; null where it is unsure.</param>
    /// <param name="likely">The label that it holds most likely, sure or not.</param>
    /// <param name="segment">Where it starts, and how sure the answer is.</param>
    /// <param name="to">Where it ends, seconds.</param>
    public void Add(string file, string task, string? label, string likely, Segment segment, double to)
    {
        string score = segment.Score.ToString("0.000", CultureInfo.InvariantCulture);
        table?.WriteLine(string.Join(",", Quoted(file), Time(segment.From), Time(to), Quoted(task), Quoted(label ?? ""), score, Quoted(likely)));
        if (tracks is null)
            return;
        // A track without labels is a result too, so its file is there.
        List<string> lines = Track(file, task);
        if (label is not null)
            lines.Add($"{Time(segment.From)}\t{Time(to)}\t{label.Replace('\t', ' ')} {score}");
    }

    /// <summary>Adds a detection: a row whose score is empty and whose task ends in "detection", a label in a track of its own.</summary>
    /// <param name="file">Sound file.</param>
    /// <param name="task">Which task detects.</param>
    /// <param name="label">What.</param>
    /// <param name="from">Start of the slice after which it is known, seconds.</param>
    /// <param name="to">Its end.</param>
    public void AddDetection(string file, string task, string label, double from, double to)
    {
        table?.WriteLine(string.Join(",", Quoted(file), Time(from), Time(to), Quoted(task + " detection"), Quoted(label), "", ""));
        if (tracks is not null)
            Track(file, task + ".detections").Add($"{Time(from)}\t{Time(to)}\t{label.Replace('\t', ' ')}");
    }

    /// <summary>Adds a slice's logits, a row for each label.</summary>
    /// <param name="file">Sound file.</param>
    /// <param name="from">Start of the slice, seconds.</param>
    /// <param name="task">Whose they are.</param>
    /// <param name="logits">One a label, as the generated code has them.</param>
    public void AddLogits(string file, double from, TaskArtifact task, int[] logits)
    {
        if (numbers is null)
            return;
        for (int c = 0; c < logits.Length; c++)
            numbers.WriteLine(string.Join(",", Quoted(file), Time(from), Quoted(task.Name), Quoted(task.Labels[c]), logits[c].ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A track without labels is a result too: its file is there once this was called.</summary>
    public void BeginDetections(string file, string task)
    {
        if (tracks is not null)
            Track(file, task + ".detections");
    }

    /// <summary>Writes the label tracks of a sound that has ended.</summary>
    public void EndSound()
    {
        foreach ((string track, List<string> lines) in labels)
            File.WriteAllLines(Path.Combine(tracks!, track), lines);
        labels.Clear();
        table?.Flush();
        numbers?.Flush();
    }

    /// <summary>Sounds whose label tracks would be written over each other: files of one name in several folders.</summary>
    /// <param name="files">Sound files.</param>
    public static IEnumerable<string> SameNames(IEnumerable<string> files) =>
        files.GroupBy(file => Path.GetFileName(file), StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

    /// <inheritdoc/>
    public void Dispose()
    {
        table?.Dispose();
        numbers?.Dispose();
    }

    private static StreamWriter? Table(string? file, string columns)
    {
        if (file is null)
            return null;
        var writer = new StreamWriter(file) { NewLine = "\r\n" };
        writer.WriteLine(columns);
        return writer;
    }

    private List<string> Track(string file, string name)
    {
        string track = $"{Path.GetFileName(file)}.{name}.txt";
        if (!labels.TryGetValue(track, out List<string>? lines))
            labels.Add(track, lines = []);
        return lines;
    }

    private static string Time(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
