using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Points;

/// <summary>Looks for bits and zeros that keep the budgets, asking the compiler what a point costs before any of it is trained; every point stays in its folder, and a search goes on where it was stopped.</summary>
/// <param name="settings">Of the run, budget included.</param>
/// <param name="tasks">Slices.</param>
/// <param name="weights">The trained network.</param>
/// <param name="usual">The compression; bits and zeros are each point's own.</param>
/// <param name="mostDrop">Points of a hundred of mean validation accuracy that may be lost; null for any number.</param>
/// <param name="console">Terminal.</param>
internal sealed class CompressionSearch(RunSettings settings, IReadOnlyList<TaskData> tasks, FloatWeights weights, CompressionOptions usual, double? mostDrop, RunConsole console)
{
    private readonly ModelCompression compression = new(settings, tasks, weights, console);

    /// <summary>What it found out; there after <see cref="Run"/>.</summary>
    public PointsFile File { get; private set; } = PointsFile.Of("", "");

    /// <summary>Searches, and makes the model of the point that it ends with.</summary>
    public RunOutcome Run()
    {
        if (settings.Problem(tasks) is { } problem)
            return Fail(problem);
        if (mostDrop is not null && tasks.All(task => task.Validation.Count == 0))
            return Fail("--max-drop is measured on validation slices, and no task has one. Add recordings to 'val', or leave --max-drop out.");
        return compression.Settle(usual) ? Experiment.Guard(settings, console, Search) : RunOutcome.WrongConvolutions;
    }

    private RunOutcome Search()
    {
        if (Begin() is { } problem)
            return Fail(problem);
        while (true)
        {
            var plan = new SearchPlan(settings.Budget, mostDrop, File.Points);
            (SearchAction action, int point) = plan.Next();
            if (action == SearchAction.End)
                return End(plan, point);
            if (action == SearchAction.Predict)
                Predict(point);
            else if (Train(point) is var outcome && outcome != RunOutcome.Finished)
                return outcome;
        }
    }

    /// <summary>Takes up what an earlier search found out.</summary>
    private string? Begin()
    {
        string search = compression.Identity(usual with { Widths = usual.Widths with { WeightBits = ValueArray.Of(0) }, Zeros = 0 }), budget = settings.Device + settings.Budget.Arguments;
        PointsFile? found;
        try
        {
            found = PointsFile.Load(settings.Folder);
        }
        catch (InvalidDataException exception)
        {
            return $"points.json in {settings.Folder} cannot be read: {exception.Message}. Delete it, or choose another folder with -o.";
        }

        if (found is not null && found.Search != search)
            return $"{settings.Folder} holds another search ({found.Search}; this one is {search}). Give the options that it began with, or choose another folder with -o.";
        File = found ?? PointsFile.Of(search, budget);
        if (File.Budget == budget)
            return null;
        // Another budget: accuracies hold, programs may be others.
        File = File with { Budget = budget, Points = [.. File.Points.Select(point => point with { Predicted = null, Measured = point.IsTrained ? compression.Cost(Model(point)) : null })] };
        File.Save(settings.Folder);
        return null;
    }

    private void Predict(int index)
    {
        CompressionPoint point = File.Points[index];
        PointCost cost;
        try
        {
            cost = compression.Cost(compression.Round(Options(point)));
        }
        catch (NotFiniteException)
        {
            cost = PointCost.Unfit;
        }

        Learn(index, point with { Predicted = cost });
        console.Line("Predict", $"{point.Text}: {PointsPage.Cost(cost)}{Passed(cost)}");
    }

    private RunOutcome Train(int index)
    {
        CompressionPoint point = File.Points[index];
        string folder = Path.Combine(settings.Folder, point.Name);
        Directory.CreateDirectory(folder);
        console.Line("Point", point.Text);
        string checkpoint = ModelTraining.CompressionCheckpoint(folder);
        (ModelArtifact Model, string Machine) made;
        try
        {
            if (compression.Train(Options(point), folder) is not { } trained)
                return RunOutcome.Stopped;
            made = trained;
        }
        catch (InvalidDataException exception)
        {
            return Fail($"{checkpoint} cannot be continued: {exception.Message}. Delete it, and the same command begins this point anew, or choose another folder with -o.");
        }

        WholeFile.Write(ModelFile(point), ModelWriter.Write(made.Model));
        PointCost cost = compression.Cost(made.Model);
        PointAccuracy accuracy = compression.Measure(made.Model) with { Machine = made.Machine };
        Learn(index, point with { Measured = cost, Accuracy = accuracy });
        System.IO.File.Delete(checkpoint);
        console.Line("", FormattableString.Invariant($"validation {accuracy.Validation:F3}, {accuracy.Drop:F2} points lost; {PointsPage.Cost(cost)}{Passed(cost)}"));
        return RunOutcome.Finished;
    }

    private void Learn(int index, CompressionPoint point)
    {
        File = File.With(index, point);
        File.Save(settings.Folder);
    }

    private RunOutcome End(SearchPlan plan, int chosen)
    {
        CompressionPoint point = File.Points[chosen];
        PointsPage.Write(settings, File.Points, chosen, mostDrop);
        console.Blank();
        foreach (string line in PointsPage.Text(File.Points, chosen))
            console.Raw("  " + line);
        console.Blank();
        CompressionOptions options = Options(point);
        RunOutcome outcome = new Experiment(settings.Compressed(options), tasks, console).Make(() => compression.Examine(Model(point), point.Accuracy!.Machine, options), isNew: false);
        if (outcome != RunOutcome.Finished)
            return outcome;
        if (settings.Budget.Metadata is { Length: > 0 } metadata)
            console.Raw($"Next:  the firmware's AdapterModel needs{metadata}: without it the generator plans for speed alone");
        if (plan.Meets(chosen))
            return outcome;
        string passed = string.Join("; ", plan.Passed(chosen).Select(each => $"{each.Budget}: {each.Found}{(each.More.Length > 0 ? $", {each.More} too many" : "")}"));
        return Fail($"no point keeps every budget. The nearest, {point.Text}, passes {passed}. Its model is in {settings.Folder}; every point: {Path.Combine(settings.Folder, PointsPage.FileName)}. Allow more, train with fewer --channels or a larger --lambda, or give more --steps.");
    }

    private CompressionOptions Options(CompressionPoint point) => usual with { Widths = usual.Widths with { WeightBits = ValueArray.Of(point.WeightBits) }, Zeros = point.Zeros };

    private string ModelFile(CompressionPoint point) => Path.Combine(settings.Folder, point.Name, settings.Name + ".adapter");

    private ModelArtifact Model(CompressionPoint point) => ModelReader.Read(System.IO.File.ReadAllText(ModelFile(point))).Model
        ?? throw new IOException($"{ModelFile(point)} is no model any more; delete {Path.Combine(settings.Folder, "points.json")}");

    private string Passed(PointCost cost) => settings.Budget.Passed(cost) is { Count: > 0 } passed ? "; passes " + string.Join(", ", passed.Select(each => each.Budget)) : "";

    private RunOutcome Fail(string message)
    {
        console.Error(message);
        return RunOutcome.Failed;
    }
}
