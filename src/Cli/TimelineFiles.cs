using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Cli;

/// <summary>
/// A timeline as files for other programs: one table of all sounds as CSV (RFC 4180, seconds), and Audacity's label tracks, one a sound and task
/// (<see href="https://manual.audacityteam.org/man/importing_and_exporting_labels.html"/>: start, end and text of a label on a line, separated by tabs).
/// </summary>
internal sealed class TimelineFiles : IDisposable
{
    private readonly StreamWriter? table;
    private readonly string? tracks;
    private readonly Dictionary<string, List<string>> labels = new(StringComparer.Ordinal);

    /// <summary>Begins the table, and makes the folder for label tracks.</summary>
    /// <param name="csv">The table's file; null for none.</param>
    /// <param name="audacity">Folder for label tracks; null for none.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public TimelineFiles(string? csv, string? audacity)
    {
        tracks = audacity;
        if (audacity is not null)
            Directory.CreateDirectory(audacity);
        if (csv is not null)
        {
            table = new StreamWriter(csv) { NewLine = "\r\n" };
            table.WriteLine("file,from,to,task,label,score");
        }
    }

    /// <summary>Adds a stretch with one answer.</summary>
    /// <param name="file">Sound file.</param>
    /// <param name="task">Which task answers.</param>
    /// <param name="label">Its answer; null where it is unsure.</param>
    /// <param name="segment">Where it starts, and how sure the answer is.</param>
    /// <param name="to">Where it ends, seconds.</param>
    public void Add(string file, string task, string? label, Segment segment, double to)
    {
        string score = segment.Score.ToString("0.000", CultureInfo.InvariantCulture);
        table?.WriteLine(string.Join(",", Quoted(file), Time(segment.From), Time(to), Quoted(task), Quoted(label ?? ""), score));
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
        table?.WriteLine(string.Join(",", Quoted(file), Time(from), Time(to), Quoted(task + " detection"), Quoted(label), ""));
        if (tracks is not null)
            Track(file, task + ".detections").Add($"{Time(from)}\t{Time(to)}\t{label.Replace('\t', ' ')}");
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
    }

    /// <summary>Sounds whose label tracks would be written over each other: files of one name in several folders.</summary>
    /// <param name="files">Sound files.</param>
    public static IEnumerable<string> SameNames(IEnumerable<string> files) =>
        files.GroupBy(file => Path.GetFileName(file), StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

    /// <inheritdoc/>
    public void Dispose() => table?.Dispose();

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
