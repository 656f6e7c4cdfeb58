using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Experiments;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>A run's results: the terminal's table, Markdown, JSON.</summary>
internal static class ResultTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Aligned lines for the terminal.</summary>
    public static IEnumerable<string> Text(ExperimentResult result)
    {
        List<string[]> rows = Rows(result);
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>The table, the costs and where they come from, as Markdown.</summary>
    public static string Markdown(ExperimentResult result)
    {
        List<string[]> rows = Rows(result);
        rows.Insert(1, [.. rows[0].Select((_, column) => column == 0 ? "---" : "---:")]);
        var lines = new List<string>(rows.Select(row => "| " + string.Join(" | ", row) + " |"))
        {
            "",
            $"Generated code = interpreter on {TextTable.Number(result.EqualSlices)} of {TextTable.Number(result.Slices)} test slices, every logit. "
                + $"IL {TextTable.Number(result.IlBytes)} bytes, RAM {TextTable.Number(result.RamBytes)} bytes, model file {TextTable.Number(result.ModelBytes)} bytes.{Window(result)}",
            "",
            $"Channels: {result.Channels.Text}. Dead is a shared or open adapter channel whose code never changes on training slices.",
            "",
            $"{Warned(result)}Computed with {result.Machine}.",
            "",
            "Accuracy is the share of right answers on test slices that neither training nor any choice looked at; chance is what always answering the most frequent training class would get right; linear is logistic regression on the codes.",
            "",
        };
        return string.Join('\n', lines);
    }

    /// <summary>Everything that a run found, for programs. Accuracies are counts of slices, costs the paper's (thousands of weights, millions of operations), times microseconds of a window.</summary>
    public static string Json(ExperimentResult result) => JsonSerializer.Serialize(
        new
        {
            result.Settings.Name,
            result.Settings.Command,
            Commit = BuildCommit.Text,
            result.Settings.Training.Seed,
            result.Settings.Training.Steps,
            Batch = result.Settings.Training.BatchSize,
            result.Settings.Training.LearningRate,
            result.Settings.Training.Lambda,
            AllOpen = result.Settings.Training.GatesStayOpen,
            CostMeasure = result.Settings.Training.Cost.ToString().ToLowerInvariant(),
            result.Settings.Alpha,
            SharedChannels = result.Settings.Channels.ToArray(),
            WeightBits = result.Settings.Quantisation.WeightBits.ToArray(),
            result.Settings.Quantisation.ActivationBits,
            result.Slices,
            result.EqualSlices,
            result.Settings.Device,
            MultiplyAccumulates = result.Costs?.Total.MultiplyAccumulates,
            WeightedInstructions = result.Costs?.Total.Weighted,
            Windows = result.Costs?.Choices.Select(choice => new
            {
                AskedFor = choice.Name,
                WeightedInstructions = choice.Weighted,
                choice.Time?.LowMicroseconds,
                choice.Time?.HighMicroseconds,
            }),
            result.IlBytes,
            result.RamBytes,
            result.ModelBytes,
            result.Channels,
            result.Machine,
            result.Warnings,
            result.Tasks,
        },
        Indented) + "\n";

    private static string Window(ExperimentResult result) => result.Costs is { } costs && costs.Choices[^1] is { Time: { } time }
        ? $" A window of all tasks takes {TextTable.Number(costs.Total.MultiplyAccumulates)} multiply-accumulates and {time.ToText()} on {costs.Device.Name} ({time.Kind})."
        : "";

    private static string Warned(ExperimentResult result) => string.Concat(result.Warnings.Select(warning => $"**Warning.** {warning}\n\n"));

    private static List<string[]> Rows(ExperimentResult result)
    {
        int weightBits = result.Settings.Quantisation.WeightBits.Max();
        string quantised = FormattableString.Invariant($"{weightBits}-bit");
        var rows = new List<string[]> { new[] { "task", "classes", "chance", "linear", "multi-head", "adapters", quantised, "generated", "open channels" } };
        foreach (TaskResult task in result.Tasks)
        {
            string Share(int? right) => right is { } count ? Format((double)count / task.Test) : "-";
            rows.Add([
                task.Task, task.Classes.ToString(CultureInfo.InvariantCulture), Share(task.MajorityClass), Share(task.Linear), Share(task.MultiHead), Share(task.Adapters),
                Share(task.Interpreter), Share(task.Generated), FormattableString.Invariant($"{task.OpenChannels} of {task.Channels}")]);
        }

        string Mean(Func<TaskResult, int?> right) =>
            result.Tasks.All(task => right(task) is not null) ? Format(result.Tasks.Average(task => (double)right(task)! / task.Test)) : "-";
        rows.Add([
            "mean", "", Mean(t => t.MajorityClass), Mean(t => t.Linear), Mean(t => t.MultiHead), Mean(t => t.Adapters), Mean(t => t.Interpreter), Mean(t => t.Generated),
            FormattableString.Invariant($"{result.Tasks.Sum(t => t.OpenChannels)} of {result.Tasks.Sum(t => t.Channels)}")]);
        return rows;
    }

    private static string Format(double share) => share.ToString("F3", CultureInfo.InvariantCulture);
}
