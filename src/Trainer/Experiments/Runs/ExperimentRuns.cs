using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>
/// Runs what an experiment lacks, one run after the other. A run whose numbers are in its folder or among the committed ones is done; one that another process is at is left to it, so that
/// several processes, and several machines with a common folder, share an experiment.
/// </summary>
/// <param name="planned">Runs, in order.</param>
/// <param name="input">Shape of a slice of whole codes.</param>
/// <param name="load">Gives a task's slices, coded by a front end, the bits that the run reads; asked once for each.</param>
/// <param name="folder">Holds a folder per run.</param>
/// <param name="committed">Holds the numbers of runs that are done elsewhere, RUN.json.</param>
/// <param name="console">Terminal.</param>
/// <param name="all">Every run of the experiment: those that are planned may take the encoder of one that is not; the planned ones unless given.</param>
internal sealed class ExperimentRuns(IReadOnlyList<PlannedRun> planned, InputSpec input, Func<PlannedRun, string, TaskData> load, string folder, string committed, RunConsole console,
    IReadOnlyList<PlannedRun>? all = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, TaskData> tasks = new(StringComparer.Ordinal);

    /// <summary>The numbers of a run, wherever they are; null where it is not done.</summary>
    /// <exception cref="InvalidDataException">There are numbers of that name, but of another configuration.</exception>
    public RunMetrics? Done(PlannedRun run)
    {
        foreach (string path in (string[])[Committed(run), Path.Combine(folder, run.Name, RunMetrics.FileName)])
        {
            if (!File.Exists(path))
                continue;
            RunMetrics metrics = RunMetrics.Load(path);
            return metrics.Configuration == run.Configuration
                ? metrics
                : throw new InvalidDataException($"{path} is of another run ({metrics.Configuration}; this one is {run.Configuration}): delete it, or give the row another name");
        }

        return null;
    }

    /// <summary>Runs.</summary>
    public RunOutcome Run()
    {
        int taken = 0;
        // Before anything is trained whose numbers could not be written.
        try
        {
            Directory.CreateDirectory(committed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            console.Error($"the folder of results {committed} cannot be made: {exception.Message} Choose another with --results.");
            return RunOutcome.Failed;
        }

        foreach (PlannedRun run in planned)
        {
            if (Done(run) is not null)
            {
                Publish(run);
                Compile(run);
                continue;
            }

            RunOutcome? outcome = Run(run);
            if (outcome is null)
                taken++;
            else if (outcome != RunOutcome.Finished)
                return outcome.Value;
            Publish(run);
        }

        console.Line("Done", $"{planned.Count(run => Done(run) is not null)} of {planned.Count} runs" + (taken == 0 ? "" : $", {taken} left to other processes"));
        return RunOutcome.Finished;
    }

    /// <summary>Compiles the models of runs that are done again, those that lie in their folders, and writes what this build's compiler makes of them into the runs' numbers; accuracies stay.</summary>
    /// <returns>How many were compiled; what this build compiled before is not.</returns>
    public int Recompile()
    {
        int count = 0;
        foreach (PlannedRun run in planned)
        {
            string model = Path.Combine(folder, run.Name, ExperimentRun.ModelFile);
            if (Done(run) is not { } metrics || !File.Exists(model) || (metrics.CostCommit ?? metrics.Commit) == BuildCommit.Text)
                continue;
            console.Line("Compile", run.Name);
            string text = File.ReadAllText(model);
            RunMetrics renewed = metrics with
            {
                Compiled = metrics.Compiled is null ? null : CompiledCost.Of(text),
                InParts = metrics.InParts is null ? null : CompiledCost.Each(text, CompressionRun.Assemblies),
                CostCommit = BuildCommit.Text,
            };
            Commit(run, renewed);
            count++;
        }

        return count;
    }

    /// <summary>
    /// Rounds the float networks of runs that are done again, those that lie in their folders, and writes what this build's integers get right and cost into the runs' numbers, there and among
    /// the committed ones; what floats get right stays. A compressed network learned its integers and keeps them.
    /// </summary>
    /// <returns>How many were rounded, what this build rounded before is not; null where Torch convolves wrong, which was said.</returns>
    public int? Requantise()
    {
        int count = 0;
        foreach (PlannedRun run in planned.Where(run => run.Row.Kind == RunKind.Network))
        {
            string own = Path.Combine(folder, run.Name);
            if (!File.Exists(Path.Combine(own, ExperimentRun.WeightsFile)) || Done(run) is not { } metrics || (metrics.QuantisedCommit ?? metrics.Commit) == BuildCommit.Text)
                continue;
            using RunFolder? held = RunFolder.Take(own, out string? problem);
            if (held is null)
            {
                console.Line("Skipped", $"{run.Name}: {problem}");
                continue;
            }

            TaskData[] data = [.. run.Tasks.Select(task => Task(run, task))];
            InputSpec read = run.Input(input);
            if (!Experiment.SettleConvolutions(Convolutions(run, run.Shape(read, [.. data.Select(task => new TaskShape(task.Name, task.Labels.Count))]), null), console))
                return null;
            RunMetrics renewed = new ExperimentRun(run, data, read, own, console).Requantise(metrics);
            console.Line("Quantise", $"{run.Name}: " + string.Join("  ", renewed.Tasks.Zip(metrics.Tasks).Select(each =>
                FormattableString.Invariant($"{each.First.Name} {each.First.QuantisedAccuracy:F3} (was {each.Second.QuantisedAccuracy:F3}, float {each.First.Accuracy:F3})"))));
            Commit(run, renewed);
            renewed.Save(Path.Combine(own, RunMetrics.FileName));
            count++;
        }

        return count;
    }

    private string Committed(PlannedRun run) => Path.Combine(committed, run.Name + ".json");

    // Beside the numbers of other runs, to be committed.
    private void Commit(PlannedRun run, RunMetrics metrics)
    {
        Directory.CreateDirectory(committed);
        metrics.Save(Committed(run));
    }

    private void Publish(PlannedRun run)
    {
        if (!File.Exists(Committed(run)) && Done(run) is { } metrics)
            Commit(run, metrics);
    }

    /// <summary>Sees to it that a file that a run takes is there: runs what leaves it, or waits for the process that does.</summary>
    private RunOutcome Await(PlannedRun source, string file)
    {
        while (!File.Exists(file))
        {
            RunOutcome? outcome = Run(source, file);
            if (outcome is null)
                Thread.Sleep(Patience);
            else if (outcome != RunOutcome.Finished)
                return outcome.Value;
            Publish(source);
        }

        return RunOutcome.Finished;
    }

    /// <summary>The run that leaves what this one takes: an encoder, or a network that is made small; null where it takes nothing.</summary>
    private PlannedRun? Source(PlannedRun run) => (run.Row.From ?? run.Row.Encoder) is { } name
        ? (all ?? planned).First(each => each.Row.Name == name && each.Seed == run.Seed && (!each.Row.Each || each.Tasks.SequenceEqual(run.Tasks, StringComparer.Ordinal)))
        : null;

    /// <summary>Where gates do not decide: budgets from the run whose cost is not exceeded, which is run first if need be.</summary>
    private (RunOutcome Outcome, GateRule? Rule) Gates(PlannedRun run)
    {
        if (run.Row.Like is not { } name)
            return (RunOutcome.Finished, null);
        PlannedRun source = (all ?? planned).First(each => each.Row.Name == name && each.Seed == run.Seed);
        while (Done(source) is null)
        {
            RunOutcome? outcome = Run(source);
            if (outcome is null)
                Thread.Sleep(Patience);
            else if (outcome != RunOutcome.Finished)
                return (outcome.Value, null);
            Publish(source);
        }

        return (RunOutcome.Finished, new GateRule(run.Row.Gates, run.Row.Cost, [.. Done(source)!.Tasks.Select(task => run.Row.Cost == CostMeasure.Parameters ? task.Parameters : task.Flops)], run.Seed));
    }

    // Numbers of a program that did not compile yet, beside the model that they are of.
    private void Compile(PlannedRun run)
    {
        string own = Path.Combine(folder, run.Name), model = Path.Combine(own, ExperimentRun.ModelFile), published = Committed(run);
        if (run.Row.Kind != RunKind.Network || !File.Exists(model) || !File.Exists(published) || RunMetrics.Load(published) is not { Compiled: null } metrics)
            return;
        if (CompiledCost.Of(File.ReadAllText(model)) is { } cost)
            (metrics with { Compiled = cost }).Save(published);
    }

    /// <summary>A run; null where another process is at it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="wanted">A file that it leaves in its folder and that may be lost though its numbers are there; or null.</param>
    private RunOutcome? Run(PlannedRun run, string? wanted = null)
    {
        PlannedRun? source = Source(run);
        // What lies in its folder is of what the file says, or of nothing yet.
        if (source is not null)
            Done(source);
        string? taken = source is null ? null : Path.Combine(folder, source.Name, run.Row.From is null ? PretrainingRun.EncoderFile : ExperimentRun.WeightsFile);
        if (taken is not null && Await(source!, taken) is var prepared && prepared != RunOutcome.Finished)
            return prepared;
        (RunOutcome found, GateRule? gates) = Gates(run);
        if (found != RunOutcome.Finished)
            return found;
        string own = Path.Combine(folder, run.Name);
        using RunFolder? held = RunFolder.Take(own, out string? problem, out bool isTaken);
        if (held is null && !isTaken)
        {
            console.Error($"{run.Name}: {problem}");
            return RunOutcome.Failed;
        }

        if (held is null)
        {
            console.Line("Skipped", $"{run.Name}: {problem}");
            return null;
        }

        // Another process may have finished it since.
        if (Done(run) is not null && (wanted is null || File.Exists(wanted)))
            return RunOutcome.Finished;

        // What is made small is compared with the network as it was trained, on all the bits that it read.
        PlannedRun whole = run.Row.Kind == RunKind.Compression ? run with { Row = run.Row with { InputBits = source!.Row.InputBits } } : run;
        TaskData[] data = [.. run.Tasks.Select(task => Task(whole, task))];
        if (run.Row.Kind == RunKind.Linear)
        {
            LinearRun.Measure(run, data[0], console).Save(Path.Combine(own, RunMetrics.FileName));
            return RunOutcome.Finished;
        }

        InputSpec read = run.Input(input);
        NetworkShape shape = run.ShapeOf(read, [.. data.Select(task => new TaskShape(task.Name, task.Labels.Count))]);
        if (run.Problem(shape) is { } mistake)
        {
            console.Error($"{run.Name}: {mistake}");
            return RunOutcome.Failed;
        }

        if (!Experiment.SettleConvolutions(Convolutions(run, shape, taken), console))
            return RunOutcome.WrongConvolutions;
        try
        {
            using var interrupt = new Interrupt();
            if (run.Row.Kind == RunKind.Pretraining)
            {
                PretrainingRun.Run(run, data, read, own, console, interrupt.Token)?.Save(Path.Combine(own, RunMetrics.FileName));
                return Done(run) is null ? RunOutcome.Stopped : RunOutcome.Finished;
            }

            if (run.Row.Kind == RunKind.Compression)
            {
                if (new CompressionRun(run, data, own, console).Run(taken!, interrupt.Token) is not { } small)
                    return RunOutcome.Stopped;
                console.Line("", FormattableString.Invariant($"{run.Name}: mean {small.QuantisedMean:F3} (float {small.Mean:F3})   ")
                    + string.Join("  ", small.Tasks.Select(task => FormattableString.Invariant($"{task.Name} {task.QuantisedAccuracy:F3}"))));
                return RunOutcome.Finished;
            }

            if (new ExperimentRun(run, data, read, own, console, taken, gates).Run(interrupt.Token) is not { } metrics)
                return RunOutcome.Stopped;
            console.Line("", FormattableString.Invariant($"{run.Name}: mean {metrics.Mean:F3}   ") + string.Join("  ", metrics.Tasks.Select(task => FormattableString.Invariant($"{task.Name} {task.Accuracy:F3}"))));
            return RunOutcome.Finished;
        }
        catch (NotFiniteException exception)
        {
            console.Error($"{run.Name}: {exception.Message}.");
            return RunOutcome.NotFinite;
        }
    }

    /// <summary>What a run convolves; a compression its open channels only, besides what the float network does.</summary>
    private static IReadOnlyList<Runtime.ConvolutionCase> Convolutions(PlannedRun run, NetworkShape shape, string? taken)
    {
        IReadOnlyList<Runtime.ConvolutionCase> all = NetworkConvolutions.Of(shape, run.Row.Kind == RunKind.Pretraining ? 2 * run.Batch : run.Batch / shape.Tasks.Count);
        if (run.Row.Kind != RunKind.Compression)
            return all;
        using var weights = FloatWeights.Load(taken!);
        return [.. all.Concat(NetworkConvolutions.OfOpen(weights.Network, run.Batch / shape.Tasks.Count)).Distinct()];
    }

    private TaskData Task(PlannedRun run, string name)
    {
        string key = FormattableString.Invariant($"{run.FrontEndName} {run.Row.InputBits} {name}");
        if (!tasks.TryGetValue(key, out TaskData? task))
            tasks[key] = task = load(run, name);
        return task;
    }
}
