using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>What must not be, from <c>--fail-on "il&gt;+5%;accuracy&lt;-0.01"</c>: a figure, or with a sign its change, on the wrong side of a bound.</summary>
/// <param name="Text">As written.</param>
/// <param name="Metric">One of <see cref="Metrics"/>.</param>
/// <param name="Task">One task; empty for all of them and the whole model.</param>
/// <param name="IsAbove">True for &gt;.</param>
/// <param name="Bound">The number.</param>
/// <param name="IsChange">It has a sign: the change counts, not the new figure.</param>
/// <param name="IsPercent">The change is a percentage of the old figure.</param>
internal sealed partial record FailCondition(string Text, string Metric, string Task, bool IsAbove, decimal Bound, bool IsChange, bool IsPercent)
{
    /// <summary>What a condition may name.</summary>
    public static readonly ValueArray<string> Metrics = ValueArray.Of("accuracy", "recall", "channels", "il", "tables", "ram", "parts", "tasks", "time");

    private static readonly ValueArray<string> OfTasks = ValueArray.Of("accuracy", "recall", "channels", "time");

    /// <summary>Conditions, or what is wrong with the first that is none.</summary>
    public static (ValueArray<FailCondition> Conditions, string? Mistake) Parse(string text)
    {
        var conditions = new List<FailCondition>();
        foreach (string each in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Match match = Form().Match(each);
            if (!match.Success)
                return (conditions.ToValueArray(), $"'{each}' is no condition. Write a figure, < or >, and a number: il>60000, or with a sign its change: il>+5%, ram>+1000, accuracy<-0.01. Figures: {string.Join(", ", Metrics)}; of one task: accuracy:TASK.");
            string metric = match.Groups["metric"].Value, sign = match.Groups["sign"].Value;
            if (!Metrics.Contains(metric, StringComparer.Ordinal))
                return (conditions.ToValueArray(), $"'{metric}' is no figure of a model.{Suggestion.For(metric, Metrics)} Figures: {string.Join(", ", Metrics)}.");
            if (match.Groups["percent"].Success && sign.Length == 0)
                return (conditions.ToValueArray(), $"'{each}' has a percentage without a sign. A percentage is a change: write {metric}{match.Groups["side"].Value}+{match.Groups["number"].Value}% or -{match.Groups["number"].Value}%.");
            decimal bound = decimal.Parse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            conditions.Add(new FailCondition(
                each, metric, match.Groups["task"].Value, match.Groups["side"].Value == ">", sign == "-" ? -bound : bound, sign.Length > 0, match.Groups["percent"].Success));
        }

        return (conditions.ToValueArray(), null);
    }

    /// <summary>What is wrong with it for these models: a task that neither of them has, or a figure that tasks have none of; null where nothing is.</summary>
    /// <param name="tasks">Tasks of both models.</param>
    /// <param name="chosen">Those that are compared; empty = all.</param>
    public string? MistakeFor(IReadOnlyCollection<string> tasks, IReadOnlyCollection<string> chosen)
    {
        if (Task.Length == 0)
            return null;
        if (!OfTasks.Contains(Metric, StringComparer.Ordinal))
            return $"'{Text}': {Metric} is a figure of the whole model. Of one task are {string.Join(", ", OfTasks)}; write {Text.Replace(":" + Task, "", StringComparison.Ordinal)}.";
        if (!tasks.Contains(Task, StringComparer.Ordinal))
            return $"'{Text}': neither model has a task '{Task}'.{Suggestion.For(Task, tasks)} Tasks: {string.Join(", ", tasks)}.";
        return chosen.Count == 0 || chosen.Contains(Task, StringComparer.Ordinal) ? null : $"'{Text}': --tasks leaves '{Task}' out. Compared are {string.Join(", ", chosen)}.";
    }

    /// <summary>What there is to say against a comparison, a sentence each; none where the condition does not hold.</summary>
    /// <remarks>A task that only one of the models has has no change. A figure that is gone cannot be shown to be well, so it fails, and so does one of a task that is asked for by name and is gone.</remarks>
    public IEnumerable<string> Against(ModelComparison comparison)
    {
        // Nothing measured cannot be shown to be well.
        if (!IsChange && Task.Length == 0 && comparison.Figures.All(figure => figure.Metric != Metric || figure.After is null))
        {
            yield return $"{Text}: {comparison.New.Name} tells no {Metric} of any task.";
            yield break;
        }

        Figure[] figures = [.. comparison.Figures.Where(figure => figure.Metric == Metric && (Task.Length == 0 || figure.Task == Task))];
        if (Task.Length > 0 && figures.Length == 0)
        {
            yield return $"{Text}: the models have no {Metric} of '{Task}'.";
            yield break;
        }

        foreach (Figure figure in figures)
        {
            string name = figure.Task.Length == 0 ? Metric : $"{Metric} of {figure.Task}" + (figure.Class.Length == 0 ? "" : $" \"{figure.Class}\"");
            bool isGone = comparison.Figures.All(other => other.Metric != "channels" || other.Task != figure.Task || other.After is null) && figure.Task.Length > 0;
            if (figure.After is null && (!isGone || (Task.Length > 0 && !IsChange)))
                yield return $"{Text}: {name} is {FigureText.Value(figure, figure.Before)} before and not known after.";
            else if (Measured(figure) is { } value && (IsAbove ? value > Bound : value < Bound))
                yield return $"{Text}: {name} went from {FigureText.Value(figure, figure.Before)} to {FigureText.Value(figure, figure.After)}{(FigureText.Change(figure) is { Length: > 0 } change ? ", " + change : "")}{Tested(figure)}.";
        }
    }

    private string Tested(Figure figure) => !IsChange || figure.Kind != FigureKind.Accuracy ? ""
        : figure.Tested == TestSlices.Other ? ", on other test slices"
        : figure.Tested == TestSlices.Unknown ? ", perhaps on other test slices"
        : "";

    private decimal? Measured(Figure figure) => !IsChange ? figure.After
        : !IsPercent ? figure.Change
        : figure.Before == 0 ? (figure.Change == 0 ? 0 : figure.Change is null ? null : decimal.MaxValue)
        : figure.Change * 100 / figure.Before;

    [GeneratedRegex(@"^(?<metric>[a-z]+)(:(?<task>[a-z][a-z0-9-]*))?\s*(?<side>[<>])\s*(?<sign>[+-]?)(?<number>\d{1,12}(\.\d{1,6})?)\s*(?<percent>%)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
