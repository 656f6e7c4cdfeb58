using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Reporting.Paper;

/// <summary>The page of an experiment's results: the paper's table on these tasks, gap recovered, cost, quantisation, and which runs they come from.</summary>
/// <param name="name">Name of the experiment.</param>
/// <param name="file">The experiment.</param>
/// <param name="done">Numbers of its runs.</param>
internal sealed class PaperPage(string name, ExperimentFile file, IReadOnlyList<RunMetrics> done)
{
    /// <summary>The paper's: it is not named with every row.</summary>
    private const decimal UsualAlpha = 0.2m;

    /// <summary>Points that integers may lose to floats.</summary>
    private const double AllowedLoss = 1;

    private readonly RowSummary[] rows = [.. file.Rows.Select(row => RowSummary.Of(row, file.Tasks, done))];

    private IEnumerable<RowSummary> Known => rows.Where(row => row.IsKnown);

    private RowSummary? Single => rows.FirstOrDefault(row => row.IsKnown && row.Row is { Each: true, Kind: RunKind.Network, Encoder: null, FrontEnd: null });

    /// <summary>The encoder trained with the tasks, a pretrained one, and other front ends, each where it was run; single-task models and the linear baseline stand beside the first two.</summary>
    private IEnumerable<(string Title, RowSummary[] Rows)> Scenarios
    {
        get
        {
            RowSummary[] own = [.. Known.Where(row => row.Row.FrontEnd is null)];
            yield return ("multi-task", [.. own.Where(row => row.Row.Encoder is null)]);
            if (own.Any(row => row.Row.Encoder is not null))
                yield return ("transfer, encoder pretrained without labels", [.. own.Where(row => row.Row.Encoder is not null || row.Row.Each)]);
            foreach (IGrouping<string, RowSummary> group in Known.Where(row => row.Row.FrontEnd is not null).GroupBy(row => row.Row.FrontEnd!, StringComparer.Ordinal))
                yield return ($"multi-task, {group.Key} front end", [.. group]);
        }
    }

    private static RowSummary? MultiHead(RowSummary[] scenario) => Array.Find(scenario, row => row.Row is { Each: false, Alpha: null });

    /// <summary>The page as Markdown.</summary>
    /// <param name="figures">Names of the figures beside it, with what they show.</param>
    public string Markdown(IReadOnlyList<(string File, string Title)> figures)
    {
        var page = new StringBuilder();
        int planned = file.Runs().Count;
        page.Append(CultureInfo.InvariantCulture, $"# Results of {name}\n\nWritten by `adapter-train results docs/experiments/{name}.json`; a new run overwrites it. {done.Count} of {planned} runs are done.\n");
        page.Append("Accuracy is the share of right answers on the test split, which neither training nor any choice looked at; chance is always saying training's commonest class. Means over the seeds done, with the 95 % interval of the mean\n");
        page.Append("(Student's t) where there are two or more. What the tasks are, and which of them are recorded, rendered or mixed, stands in [../data.md](../data.md). Adapters have alpha 0.2, the paper's, where their row does not say other.\n");
        if (Known.Any())
        {
            foreach ((string title, RowSummary[] scenario) in Scenarios)
            {
                Accuracies(page, title, scenario);
                Gap(page, title, scenario);
                if (EqualCost.Text(scenario, file.Tasks.Length) is { } chosen)
                    page.Append(CultureInfo.InvariantCulture, $"\n{chosen}");
            }

            Costs(page);
            Compiled(page);
            if (EqualTime.Text(file, done) is { } compared)
                page.Append(CultureInfo.InvariantCulture, $"\n{compared}\n");
            Quantised(page);
        }

        foreach ((string figure, string title) in figures)
            page.Append(CultureInfo.InvariantCulture, $"\n![{title}]({figure})\n\n{title}\n");
        Runs(page);
        return page.ToString();
    }

    private void Accuracies(StringBuilder page, string title, RowSummary[] shown)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## Accuracy: {title}\n\nIn brackets the change against multi-head, relative as in the paper.\n\n");
        Row(page, ["task", "classes", "chance", .. shown.Select(Title)]);
        Row(page, ["---", "---:", "---:", .. shown.Select(_ => "---:")]);
        for (int k = 0; k < file.Tasks.Length; k++)
        {
            int task = k;
            TaskMetrics any = shown[0].Seeds[0].Tasks[k];
            Row(page, [any.Name, Text(any.Labels.Count), Number(any.Majority / (double)any.Test), .. shown.Select(row => Cell(shown, row, summary => summary.Task(task, each => each.Accuracy)))]);
        }

        double chance = shown[0].Seeds[0].Tasks.Average(task => task.Majority / (double)task.Test);
        Row(page, ["mean", "", Number(chance), .. shown.Select(row => Cell(shown, row, summary => summary.Mean(each => each.Accuracy)))]);
    }

    private static string Cell(RowSummary[] shown, RowSummary row, Func<RowSummary, Estimate> of)
    {
        Estimate value = of(row);
        if (MultiHead(shown) is not { } baseline || ReferenceEquals(row, baseline) || row.Row.Each)
            return value.Text;
        double relative = (value.Mean / of(baseline).Mean) - 1;
        return value.Text + string.Create(CultureInfo.InvariantCulture, $" ({100 * relative:+0.0;-0.0;0.0} %)");
    }

    private void Gap(StringBuilder page, string title, RowSummary[] scenario)
    {
        // Single-task models of another front end hear something else.
        if (MultiHead(scenario) is not { } low || Single is not { } high || low.Row.FrontEnd != high.Row.FrontEnd)
            return;
        double from = low.Mean(task => task.Accuracy).Mean, to = high.Mean(task => task.Accuracy).Mean;
        page.Append(CultureInfo.InvariantCulture, $"\n## Gap recovered: {title}\n\n(row - multi-head) / (single-task - multi-head) of the means over tasks: multi-head {from:F3}, single-task {to:F3}.\n");
        page.Append(to - from < 0.01 ? "The gap is below one point: these shares say nothing.\n" : "");
        page.Append("The paper, parameters at 1e-4: 50 % for multi-task, 58 % for transfer.\n\n");
        Row(page, ["row", "gap recovered", "tasks better than multi-head", "better than single-task"]);
        Row(page, ["---", "---:", "---:", "---:"]);
        foreach (RowSummary row in scenario.Where(row => row.Row.Alpha is not null))
        {
            double share = (row.Mean(task => task.Accuracy).Mean - from) / (to - from);
            int Better(RowSummary than) => Enumerable.Range(0, file.Tasks.Length).Count(k => row.Task(k, task => task.Accuracy).Mean > than.Task(k, task => task.Accuracy).Mean);
            Row(page, [Title(row), string.Create(CultureInfo.InvariantCulture, $"{100 * share:0;-0;0} %"), $"{Better(low)} of {file.Tasks.Length}", $"{Better(high)} of {file.Tasks.Length}"]);
        }
    }

    private void Costs(StringBuilder page)
    {
        page.Append("\n## Cost\n\nOf all tasks at once: the shared encoder once (single-task: each its own), and what is the tasks' own, adapters and heads. Operations are two a weight and position.\n\n");
        Row(page, ["row", "weights, shared (k)", "own (k)", "all (k)", "operations, shared (M)", "own (M)", "all (M)", "open channels"]);
        Row(page, ["---", "---:", "---:", "---:", "---:", "---:", "---:", "---:"]);
        foreach (RowSummary row in Known.Where(row => row.Row.Kind == RunKind.Network))
        {
            RunMetrics run = done.First(each => each.Row == row.Row.Name);
            int encoders = row.Row.Each ? file.Tasks.Length : 1, weighed = row.Row.Use is EncoderUse.Norms or EncoderUse.Residual ? 1 : encoders;
            double weights = run.SharedParameters * weighed, operations = run.SharedFlops * encoders;
            double own = row.Sum(task => task.Parameters).Mean, ownOperations = row.Sum(task => task.Flops).Mean;
            double open = row.Sum(task => task.Open.Sum()).Mean, channels = row.Sum(task => task.Channels.Sum()).Mean;
            Row(page, [
                FullTitle(row), Short(weights), Short(own), Short(weights + own), Short(operations), Short(ownOperations), Short(operations + ownOperations),
                row.Row.Alpha is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{open:F0} of {channels:F0}")]);
        }

        page.Append("\nWe count 8.6 M operations for the paper's shared encoder of 6, 12, 24, 48, 96 channels on 96 x 64 images (it says \"6M\"), and 114 k weights for the one of 8, 16, 32, 64, 128 (it says \"125k\").\n");
    }

    private void Compiled(StringBuilder page)
    {
        RowSummary[] shown = [.. Known.Where(row => row.Row.Kind == RunKind.Network && Compiled(row).All(cost => cost is not null))];
        if (shown.Length == 0)
            return;
        page.Append("\n## Cost as a program\n\nThe 8-bit models, compiled: weighted instructions of a window with every task, IL and RAM, by the compiler's own figures ([counted.md](counted.md) compares them with the device's interpreter). Single-task models together.\n\n");
        Row(page, ["row", "weighted instructions (M)", "IL (kB)", "RAM (kB)", "assemblies", "seeds"]);
        Row(page, ["---", "---:", "---:", "---:", "---:", "---:"]);
        foreach (RowSummary row in shown)
        {
            CompiledCost[] costs = [.. Compiled(row).OfType<CompiledCost>()];
            double seeds = row.Seeds.Count;
            Row(page, [
                FullTitle(row), Short(costs.Sum(cost => cost.Weighted) / seeds / 1e6), Short(costs.Sum(cost => cost.IlBytes) / seeds / 1e3), Short(costs.Sum(cost => cost.RamBytes) / seeds / 1e3),
                Short(costs.Sum(cost => cost.Parts) / seeds), Text(row.Seeds.Count)]);
        }
    }

    private IEnumerable<CompiledCost?> Compiled(RowSummary row) => done.Where(run => run.Row == row.Row.Name && row.Seeds.Any(seed => seed.Seed == run.Seed)).Select(run => run.Compiled);

    private void Quantised(StringBuilder page)
    {
        page.Append("\n## Quantised to 8-bit weights, without retraining\n\nAccuracy of the integers, and in brackets its difference to float in points, the mean of the seeds. What is compiled has codes of 7 bits, of which kernels pack more into a long:\n\n");
        Quantised(page, [.. Known.Where(row => row.Row.Kind == RunKind.Network)], each => each.Quantised);
        RowSummary[] wide = [.. Known.Where(row => row.Row.Kind == RunKind.Network && row.Seeds.All(seed => seed.Tasks.All(task => task.Wide is not null)))];
        if (wide.Length == 0)
            return;
        page.Append("\nWith codes of 8 bits (`adapter-train quantise --activation-bits 8`):\n\n");
        Quantised(page, wide, each => each.Wide!.Value);
    }

    private void Quantised(StringBuilder page, RowSummary[] shown, Func<TaskMetrics, int> right)
    {
        Row(page, ["task", .. shown.Select(FullTitle)]);
        Row(page, ["---", .. shown.Select(_ => "---:")]);
        for (int k = 0; k < file.Tasks.Length; k++)
        {
            int task = k;
            Row(page, [file.Tasks[k], .. shown.Select(row => Pair(row.Task(task, Share), row.Task(task, each => each.Accuracy)))]);
        }

        Row(page, ["mean", .. shown.Select(row => Pair(row.Mean(Share), row.Mean(each => each.Accuracy)))]);
        (string Run, TaskMetrics Task)[] results = [.. shown.SelectMany(row => row.Seeds.SelectMany(seed => seed.Tasks.Select(task => ($"{row.Row.Name}-{seed.Seed}", task))))];
        string[] beyond = [.. results.Where(each => Lost(each.Task) > AllowedLoss).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Task.Name} of {each.Run} ({-Lost(each.Task):F2}, {each.Task.Float - right(each.Task)} of {each.Task.Test} slices)"))];
        int means = shown.Sum(row => Enumerable.Range(0, file.Tasks.Length).Count(task => row.Task(task, Lost).Mean > AllowedLoss));
        page.Append(CultureInfo.InvariantCulture, $"\nOf {results.Length} results, each of one task and one seed, {beyond.Length} {(beyond.Length == 1 ? "loses" : "lose")} more than {AllowedLoss:F1} point{(beyond.Length == 0 ? "" : ": " + string.Join(", ", beyond))}; of the {shown.Length * file.Tasks.Length} means above, {means} {(means == 1 ? "does" : "do")}.\n");

        double Share(TaskMetrics task) => (double)right(task) / task.Test;
        double Lost(TaskMetrics task) => 100.0 * (task.Float - right(task)) / task.Test;
        static string Pair(Estimate integers, Estimate floats) => string.Create(CultureInfo.InvariantCulture, $"{integers.Mean:F3} ({100 * (integers.Mean - floats.Mean):+0.0;-0.0;0.0})");
    }

    private void Runs(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## Runs\n\n{file.Steps} steps of {file.Batch} slices, an equal share of each task; a single-task model gets its share alone. Learning rate {file.LearningRate}, {(file.GateRate is { } gates ? $"of gates {gates.ToString(CultureInfo.InvariantCulture)}, " : "")}falling along a cosine; front end {file.FrontEnd}.\n");
        page.Append(CultureInfo.InvariantCulture, $"Steps of all runs that are done took {ProcessorHours():F1} hours of one core.\n\n");
        // Rates of gates, where rows have their own.
        bool hasRates = file.Rows.Any(row => row.GateRate is not null);
        Row(page, ["row", "channels", "alpha", "lambda", "cost", .. hasRates ? ["gates' rate"] : Array.Empty<string>(), "seeds done", "seconds of a step", "commit"]);
        Row(page, ["---", "---", "---:", "---:", "---", .. hasRates ? ["---:"] : Array.Empty<string>(), "---", "---:", "---"]);
        foreach (ExperimentRow row in file.Rows)
        {
            RunMetrics[] own = [.. done.Where(run => run.Row == row.Name)];
            string seeds = string.Join(", ", own.Select(run => run.Seed).Distinct().Order().Select(seed => Text(seed)));
            string commits = string.Join(", ", own.Select(run => run.Commit + (run.QuantisedCommit is { } rounded ? ", rounded by " + rounded : "")).Distinct(StringComparer.Ordinal));
            Row(page, [
                row.Name, string.Join(", ", row.Channels), row.Alpha?.ToString(CultureInfo.InvariantCulture) ?? "none", row.Alpha is null ? "" : row.Lambda.ToString("R", CultureInfo.InvariantCulture),
                row.Alpha is null ? "" : row.Cost.ToString().ToLowerInvariant(), .. hasRates ? [GateRate(row)] : Array.Empty<string>(), seeds, own.Length == 0 ? "" : own.Average(run => run.SecondsPerStep).ToString("F2", CultureInfo.InvariantCulture), commits]);
        }
    }

    private string GateRate(ExperimentRow row) => row.HasLearningGates
        ? (row.GateRate ?? file.GateRate ?? TrainingOptions.GateRateFactor * (row.LearningRate ?? file.LearningRate)).ToString(CultureInfo.InvariantCulture)
        : "";

    private double ProcessorHours() => file.Rows.Sum(row => done.Where(run => run.Row == row.Name).Sum(run => run.SecondsPerStep) * (row.Steps ?? file.Steps)) / 3600;

    /// <summary>How a row is called in tables and figures.</summary>
    public static string Title(RowSummary summary)
    {
        ExperimentRow row = summary.Row;
        if (row.Kind == RunKind.Linear)
            return "linear";
        if (row.Use != EncoderUse.Frozen)
            return row.Use switch { EncoderUse.Norms => "norms per task", EncoderUse.Residual => "residual adapters per task", _ => "fine-tuned per task" };
        if (row.Gates != GateChoice.Learned)
            return string.Create(CultureInfo.InvariantCulture, $"{(row.Gates == GateChoice.Norms ? "chosen by norms" : row.Gates.ToString().ToLowerInvariant())}, as dear as {row.Like}");
        if (row.Each)
            return "single-task";
        if (row.Alpha is null)
            return "multi-head";
        return row.Lambda == 0
            ? string.Create(CultureInfo.InvariantCulture, $"alpha {row.Alpha}, all open")
            : string.Create(CultureInfo.InvariantCulture, $"{(row.Alpha == UsualAlpha ? "" : $"alpha {row.Alpha}, ")}{row.Cost.ToString().ToLowerInvariant()}, {row.Lambda:0e+0}").Replace("e-0", "e-", StringComparison.Ordinal);
    }

    // In tables that hold both scenarios, and both front ends.
    private static string FullTitle(RowSummary summary)
    {
        ExperimentRow row = summary.Row;
        return Title(summary) + (row.Encoder is not null && row.Use == EncoderUse.Frozen ? ", frozen encoder" : "") + (row.FrontEnd is { } frontEnd ? $", {frontEnd} front end" : "");
    }

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Text(int value) => TextTable.Number(value);

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
