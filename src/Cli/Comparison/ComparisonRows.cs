using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>The lines of a comparison's tables, as text and Markdown both print them.</summary>
internal static class ComparisonRows
{
    /// <summary>Name, before, after, change, remark.</summary>
    public static IEnumerable<string[]> Figures(ModelComparison comparison)
    {
        foreach (Figure figure in comparison.Figures.Where(IsWorthALine))
        {
            yield return
            [
                Name(comparison, figure), FigureText.Full(figure, isBefore: true, comparison.Device), FigureText.Full(figure, isBefore: false, comparison.Device),
                FigureText.Change(figure), Remark(comparison, figure),
            ];
        }
    }

    /// <summary>Layer, block, channels, weights that changed, IL and work with their changes, a line for each block that is not as it was.</summary>
    public static IEnumerable<string[]> Blocks(ModelComparison comparison) => comparison.Blocks.Where(HasChanged).Select(block => new[]
    {
        block.Layer, block.Block,
        FromTo(block, row => row.Block.Length == 0 ? "" : row.Channels == row.DeclaredChannels ? TextTable.Number(row.Channels) : $"{row.Channels} of {row.DeclaredChannels}"),
        block.After is null || block.Block.Length == 0 ? "" : block.ChangedWeights is { } changed ? $"{TextTable.Number(changed)} of {TextTable.Number(block.Weights)}" + (block.ChangedOthers > 0 ? $", biases and shifts {TextTable.Number(block.ChangedOthers)}" : "") : block.Before is null ? "new" : "other shape",
        FromTo(block, row => TextTable.Number(row.IlBytes)), Relative(block, row => row.IlBytes),
        FromTo(block, row => CostText.Weighted(row.Weighted)), Relative(block, row => row.Weighted),
    });

    /// <summary>A task, and the channels whose gates opened (+) or closed (-): "layer 4: +c7 -c11". Tasks without any are left out.</summary>
    public static IEnumerable<(string Task, string Gates)> Gates(ModelComparison comparison) => comparison.Gates
        .GroupBy(gate => gate.Task, StringComparer.Ordinal)
        .Select(task => (task.Key, string.Join(";  ", task.GroupBy(gate => gate.Layer).Select(layer =>
            FormattableString.Invariant($"layer {layer.Key}: ") + string.Join(" ", layer.Select(gate => FormattableString.Invariant($"{(gate.IsOpen ? '+' : '-')}c{gate.Channel}")))))));

    /// <summary>One sentence on top: what a reviewer wants to know first.</summary>
    public static string Verdict(ModelComparison comparison)
    {
        if (comparison.IsSame)
            return "The same model: nothing changed.";
        if (comparison.IsSameNetwork)
            return "The same network: only what the files tell of their making or of single classes differs.";
        Figure[] tasks = [.. comparison.Figures.Where(figure => figure.Metric == "channels")];
        var said = new List<string>();
        if (!comparison.New.IsBuilt)
            said.Add($"over the limits of {comparison.Device.Name}, nothing builds it");
        if (comparison.HasOtherInput)
            said.Add("another input or front end");
        said.AddRange(tasks.Where(task => task.Before is null).Select(task => $"task {task.Task} added"));
        said.AddRange(tasks.Where(task => task.After is null).Select(task => $"task {task.Task} gone"));
        Figure[] accuracies = [.. comparison.Figures.Where(figure => figure is { Metric: "accuracy", Change: not null })];
        if (accuracies.Length > 0)
        {
            said.Add(accuracies.All(figure => figure.Change == 0) ? (comparison.Gates.Count + comparison.ChangedNumbers == 0 ? "accuracy as it was" : "accuracy as written before") : "accuracy " + Accuracies([.. accuracies.Where(figure => figure.Change != 0)]));
        }

        said.AddRange(Numbers(comparison));
        if (comparison.Detections.Count > 0)
            said.Add("detections of " + string.Join(", ", comparison.Detections.Select(change => change.Task + (change.After is null ? " gone" : change.Before is null ? " new" : " changed"))));
        foreach ((string metric, string name) in new[] { ("il", "IL"), ("ram", "RAM"), ("time", "time") })
        {
            Figure figure = comparison.Figures.First(each => each.Metric == metric && each.Task.Length == 0);
            said.Add(figure.Change == 0 ? name + " as it was" : $"{name} {FigureText.Change(figure)}");
        }

        string sentence = string.Join("; ", said);
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + ".";
    }

    // A difference of slices that one of the two never heard is none of the models.
    private static string Accuracies(Figure[] changed)
    {
        TestSlices least = changed.Max(figure => figure.Tested);
        return string.Join(", ", changed.Select(figure => $"{figure.Task} {FigureText.Change(figure)}"))
            + (least == TestSlices.Other ? " (other test slices)" : least == TestSlices.Unknown ? " (perhaps other test slices)" : "");
    }

    // Gates and weights, as far as shapes let them be compared.
    private static IEnumerable<string> Numbers(ModelComparison comparison)
    {
        int opened = comparison.Gates.Count(gate => gate.IsOpen), closed = comparison.Gates.Count - opened;
        BlockChange[] blocks = [.. comparison.Blocks.Where(block => block is { Block.Length: > 0, Before: not null, After: not null })];
        int others = blocks.Count(block => block.ChangedWeights is null);
        if (comparison.GateLayers.Compared > 0)
            yield return opened + closed == 0 ? "no gate turned" : $"{opened} gate{(opened == 1 ? "" : "s")} opened, {closed} closed";
        if (comparison.ChangedNumbers > 0)
            yield return $"{TextTable.Number(comparison.ChangedNumbers)} weights and biases changed";
        if (others > 0 && others == blocks.Length)
            yield return "every block has another shape, so gates and weights cannot be compared";
        else if (others > 0)
            yield return $"{others} of {blocks.Length} blocks have other shapes and cannot be compared";
    }

    // One part and the same tasks are what anyone expects; of many classes those are told that changed.
    private static bool IsWorthALine(Figure figure) => figure.Metric switch
    {
        "parts" => figure.Before != 1 || figure.After != 1,
        "tasks" => figure.Change != 0,
        "recall" => figure.Change is { } change && change != 0,
        _ => true,
    };

    private static string Name(ModelComparison comparison, Figure figure) => figure.Metric switch
    {
        "accuracy" => figure.Task + " accuracy",
        "recall" => $"  {figure.Task} recall \"{figure.Class}\"",
        "channels" => figure.Task + " open channels",
        "il" => "IL on the device",
        "ram" => "RAM",
        "time" => figure.Task.Length > 0 ? "  " + figure.Task + " alone" : $"one window, {comparison.Device.Name}",
        _ => figure.Metric,
    };

    private static string Remark(ModelComparison comparison, Figure figure) => figure.Metric switch
    {
        "accuracy" or "recall" => Right(figure),
        "channels" => Turned(comparison, figure.Task),
        "time" when figure is { Before: { } before, After: { } after, Change: not 0 } => $"{CostText.Weighted((long)before)}, then {CostText.Weighted((long)after)} weighted instructions",
        "time" when (figure.After ?? figure.Before) is { } only => $"{CostText.Weighted((long)only)} weighted instructions",
        _ when figure.Limit is { } limit && figure.After is { } now => $"{(now > limit ? "OVER " : "")}{CostText.Percent((long)now, limit)} of {TextTable.Number(limit)}",
        _ => "",
    };

    // Two slices of 250 are not an improvement; the counts let a reader see that.
    private static string Right(Figure figure)
    {
        (int before, int after) = figure.Slices;
        if (figure.After is null)
            return "";
        string now = $"{Count(figure.After, after)} of {TextTable.Number(after)} slices";
        return figure.Before is null || (figure.Change == 0 && before == after) ? now : before == after ? $"{Count(figure.Before, before)}, then {now}" : $"{Count(figure.Before, before)} of {TextTable.Number(before)}, then {now}";

        static string Count(decimal? share, int slices) => TextTable.Number((long)decimal.Round(share!.Value * slices));
    }

    private static string Turned(ModelComparison comparison, string task)
    {
        int opened = comparison.Gates.Count(gate => gate.Task == task && gate.IsOpen), closed = comparison.Gates.Count(gate => gate.Task == task) - opened;
        return opened + closed == 0 ? "" : $"{opened} opened, {closed} closed";
    }

    private static bool HasChanged(BlockChange block) => (block.Block.Length > 0 && block.ChangedWeights is not 0) || block.ChangedOthers > 0 || block.Before != block.After;

    private static string FromTo(BlockChange block, Func<Reports.ReportRow, string> value)
    {
        string before = block.Before is null ? "-" : value(block.Before), after = block.After is null ? "-" : value(block.After);
        return before == after ? after : $"{before} -> {after}";
    }

    private static string Relative(BlockChange block, Func<Reports.ReportRow, long> value) =>
        block is { Before: { } before, After: { } after } && value(before) > 0 ? FigureText.Percent(value(before), value(after)) : "";
}
