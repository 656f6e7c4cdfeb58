using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Cli;

/// <summary>A stretch of a file in which a task's answer stays the same.</summary>
/// <param name="From">Start of its first slice, seconds.</param>
/// <param name="Class">The class on top; null where no score reaches one half.</param>
/// <param name="Likely">The class whose scores are the greatest on average.</param>
/// <param name="Score">Mean of its scores.</param>
internal sealed record Segment(double From, int? Class, int Likely, double Score);

/// <summary>What a task says of a file, slice by slice. It keeps sums and the current segment, not the slices.</summary>
/// <param name="task">As the model file has it.</param>
internal sealed class TaskVerdict(TaskArtifact task)
{
    /// <summary>A class whose score stays below is more likely wrong than right.</summary>
    private const double Sure = 0.5;

    private readonly double[] sums = new double[task.Labels.Count];
    private readonly int[] tops = new int[task.Labels.Count];
    private readonly double[] stretch = new double[task.Labels.Count];
    private double stretchFrom;
    private int? stretchClass;
    private int stretchSlices;
    private int detections;
    private int slices;

    /// <summary>The task's name.</summary>
    public string Task => task.Name;

    /// <summary>True where the network was right on no more test slices than guessing would be: nothing that it says counts.</summary>
    public bool IsGuess { get; } = Guesses(task);

    /// <summary>Counts a detection.</summary>
    /// <param name="detected">Its class.</param>
    /// <returns>For example <c>keyword: detected "hello"</c>.</returns>
    public string Detect(int detected)
    {
        detections++;
        return $"{task.Name}: detected \"{task.Labels[detected]}\"";
    }

    /// <summary>Adds a slice.</summary>
    /// <param name="second">Where it starts.</param>
    /// <param name="scores">One per class.</param>
    /// <returns>The segment that it ends, or null.</returns>
    public Segment? Add(double second, double[] scores)
    {
        int top = Top(scores);
        tops[top]++;
        slices++;
        for (int c = 0; c < scores.Length; c++)
            sums[c] += scores[c];
        int? answer = IsSure(scores[top]) ? top : null;
        Segment? ended = null;
        if (stretchSlices == 0 || stretchClass != answer)
        {
            ended = End();
            (stretchFrom, stretchClass, stretchSlices) = (second, answer, 0);
            Array.Clear(stretch);
        }

        stretchSlices++;
        for (int c = 0; c < scores.Length; c++)
            stretch[c] += scores[c];
        return ended;
    }

    /// <summary>The last segment; null before the first slice.</summary>
    public Segment? End() => stretchSlices == 0 ? null : new Segment(stretchFrom, stretchClass, Top(stretch), stretch.Max() / stretchSlices);

    /// <summary>For example <c>keyword: "hello" 0.94 (3 of 4 slices; then "stop" 0.03)</c>; scores are means over the slices.</summary>
    public string Headline()
    {
        int[] order = [.. Enumerable.Range(0, sums.Length).OrderByDescending(c => sums[c])];
        string share = slices == 1 ? "" : FormattableString.Invariant($"{tops[order[0]]} of {slices} slices; ");
        string found = task.Detection is null ? "" : FormattableString.Invariant($", detections: {detections}");
        return $"{Answer(IsSure(sums[order[0]] / slices), order[0], sums[order[0]] / slices)} ({share}then {Text(order[1], sums[order[1]] / slices)}){found}";
    }

    /// <summary>Name of an answer; null where it is unsure.</summary>
    public string? Label(int? answer) => answer is { } c ? task.Labels[c] : null;

    /// <summary>A segment's answer: <c>keyword: "hello" 0.94</c>, or <c>keyword: unsure, "hello" 0.41</c>.</summary>
    public string Answer(Segment segment) => Answer(segment.Class is not null, segment.Likely, segment.Score);

    /// <summary>A slice's answer.</summary>
    public string Answer(double[] scores) => Answer(IsSure(scores.Max()), Top(scores), scores.Max());

    /// <summary>Which tasks' answers say nothing, a line each.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<TaskArtifact> tasks) => tasks.Where(Guesses).Select(task => FormattableString.Invariant(
        $"task '{task.Name}' was right on {task.Accuracy!.QuantisedCorrect} of {task.Accuracy.Slices} test slices after training, as guessing one of {task.Labels.Count} classes would be: its answers say nothing"));

    private static bool Guesses(TaskArtifact task) =>
        task.Accuracy is { } accuracy && accuracy.QuantisedCorrect <= Binomial.UpperBound(accuracy.Slices, 1.0 / task.Labels.Count);

    private static int Top(double[] scores) => Array.IndexOf(scores, scores.Max());

    private string Answer(bool isSure, int c, double score) => $"{task.Name}: {(isSure ? "" : "unsure, ")}{Text(c, score)}";

    private bool IsSure(double score) => score >= Sure && !IsGuess;

    private string Text(int c, double score) => FormattableString.Invariant($"\"{task.Labels[c]}\" {score:0.00}");
}
