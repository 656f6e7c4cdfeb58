using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Cli;

/// <summary>A stretch of a file in which a task's answer stays the same.</summary>
/// <param name="From">Start of its first slice, seconds.</param>
/// <param name="Class">The class on top; null where no score reaches one half.</param>
/// <param name="Score">Mean of the best scores.</param>
/// <param name="Slices">How many.</param>
internal sealed record Segment(double From, int? Class, double Score, int Slices);

/// <summary>What a task says of a file, slice by slice. It keeps sums and the current segment, not the slices.</summary>
/// <param name="task">As the model file has it.</param>
internal sealed class TaskVerdict(TaskArtifact task)
{
    /// <summary>A class whose score stays below is more likely wrong than right.</summary>
    private const double Sure = 0.5;

    private readonly double[] sums = new double[task.Labels.Count];
    private readonly int[] tops = new int[task.Labels.Count];
    private Segment? current;
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
        int top = Array.IndexOf(scores, scores.Max());
        tops[top]++;
        slices++;
        for (int c = 0; c < scores.Length; c++)
            sums[c] += scores[c];
        int? answer = IsSure(scores[top]) ? top : null;
        if (current is not null && current.Class == answer)
        {
            current = current with { Score = current.Score + ((scores[top] - current.Score) / (current.Slices + 1)), Slices = current.Slices + 1 };
            return null;
        }

        Segment? ended = current;
        current = new Segment(second, answer, scores[top], 1);
        return ended;
    }

    /// <summary>The last segment.</summary>
    public Segment? End() => current;

    /// <summary>For example <c>keyword: "hello" 0.94 (3 of 4 slices; then "stop" 0.03)</c>; scores are means over the slices.</summary>
    public string Headline()
    {
        int[] order = [.. Enumerable.Range(0, sums.Length).OrderByDescending(c => sums[c])];
        string share = slices == 1 ? "" : FormattableString.Invariant($"{tops[order[0]]} of {slices} slices; ");
        string found = task.Detection is null ? "" : FormattableString.Invariant($", detections: {detections}");
        return $"{task.Name}: {(IsSure(sums[order[0]] / slices) ? "" : "unsure, ")}{Scored(order[0])} ({share}then {Scored(order[1])}){found}";

        string Scored(int c) => Text(c, sums[c] / slices);
    }

    /// <summary>Name of an answer; null where it is unsure.</summary>
    public string? Label(int? answer) => answer is { } c ? task.Labels[c] : null;

    /// <summary>A slice's or segment's answer.</summary>
    public string Answer(int? answer, double score) => $"{task.Name}: {(answer is { } c ? Text(c, score) : FormattableString.Invariant($"unsure {score:0.00}"))}";

    /// <summary>A slice's answer.</summary>
    public string Answer(double[] scores) => Answer(IsSure(scores.Max()) ? Array.IndexOf(scores, scores.Max()) : null, scores.Max());

    /// <summary>Which tasks' answers say nothing, a line each.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<TaskArtifact> tasks) => tasks.Where(Guesses).Select(task => FormattableString.Invariant(
        $"task '{task.Name}' was right on {task.Accuracy!.QuantisedCorrect} of {task.Accuracy.Slices} test slices after training, as guessing one of {task.Labels.Count} classes would be: its answers say nothing"));

    private static bool Guesses(TaskArtifact task) =>
        task.Accuracy is { } accuracy && accuracy.QuantisedCorrect <= Binomial.UpperBound(accuracy.Slices, 1.0 / task.Labels.Count);

    private bool IsSure(double score) => score >= Sure && !IsGuess;

    private string Text(int c, double score) => FormattableString.Invariant($"\"{task.Labels[c]}\" {score:0.00}");
}
