using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>
/// Trains and quantises with one seed after the other, each in a folder of its own, their rows in one file beside them. What has a row is not run again. No code is
/// generated: the trainer's integers are the generated code's, bit for bit.
/// </summary>
/// <param name="settings">Of every seed; its folder holds the table and the seeds' folders.</param>
/// <param name="seeds">Which.</param>
/// <param name="command">The command that runs one seed alone, given the settings and the seed's text.</param>
/// <param name="data">Makes a seed's tasks.</param>
/// <param name="console">Terminal.</param>
internal sealed class SeedsRun(
    RunSettings settings, IReadOnlyList<int> seeds, Func<RunSettings, string, string> command, Func<int, IReadOnlyList<TaskData>> data, RunConsole console)
{
    /// <summary>Name of the table in the output folder.</summary>
    public const string FileName = "seeds.csv";

    private const string AnySeed = "N";

    /// <summary>What is done so far.</summary>
    public SeedTable Table { get; private set; } = new(command(settings, AnySeed), BuildCommit.Text, []);

    /// <summary>Runs the seeds that have no row yet.</summary>
    /// <exception cref="InvalidDataException">The table in the folder is of another command or commit.</exception>
    public RunOutcome Run()
    {
        Directory.CreateDirectory(settings.Folder);
        string path = Path.Combine(settings.Folder, FileName);
        if (File.Exists(path))
            Continue(SeedTable.Load(path), path);
        foreach (int seed in seeds.Where(seed => Table.Rows.All(row => row.Seed != seed)))
        {
            string text = seed.ToString(CultureInfo.InvariantCulture);
            console.Line("Seed", $"{text}, the {Table.Rows.Count + 1}. of {seeds.Count}");
            RunSettings one = settings with
            {
                Folder = Path.Combine(settings.Folder, text),
                TrainingCommand = command(settings, text),
                Training = settings.Training with { Seed = seed },
            };
            IReadOnlyList<TaskData> tasks = data(seed);
            if (one.Problem(tasks) is { } problem)
            {
                console.Error(problem);
                return RunOutcome.Failed;
            }

            Directory.CreateDirectory(one.Folder);
            TrainedModel? trained;
            try
            {
                trained = ModelTraining.Run(one, tasks, console);
            }
            catch (NotFiniteException exception)
            {
                console.Error(exception.Message + ".");
                return RunOutcome.NotFinite;
            }

            if (trained is null)
                return RunOutcome.Stopped;
            SeedRow row = Row(seed, tasks, trained);
            console.Line("", string.Create(CultureInfo.InvariantCulture, $"float {row.Adapters:F3}  integers {row.Quantised:F3}  linear {row.Linear:F3}  chance {row.Chance:F3}"));
            Table = Table.With(row);
            Table.Save(path);
            ModelTraining.DeleteCheckpoints(one);
        }

        Table = Table with { Rows = [.. Table.Rows.Where(row => seeds.Contains(row.Seed))] };
        return RunOutcome.Finished;
    }

    private SeedRow Row(int seed, IReadOnlyList<TaskData> tasks, TrainedModel trained)
    {
        double Mean(Func<int, int> right) => tasks.Select((task, k) => (double)right(k) / task.Test.Count).Average();
        int[] linear = Baselines.Linear(tasks, seed, console), integers = IntegerForward.Correct(trained.Model, [.. tasks.Select(task => task.Test)]);
        return new SeedRow(
            seed, Mean(k => Baselines.Majority(tasks[k])), Mean(k => linear[k]), trained.MultiHead is { } multiHead ? Mean(k => multiHead[k]) : null,
            Mean(k => Evaluator.Correct(trained.Found[k], tasks[k].Test.Classes)), Mean(k => integers[k]), trained.Channels.Dead, trained.Channels.Revived,
            trained.Open.Sum(layers => layers.Sum()), settings.Shape(tasks).AdapterChannels);
    }

    private void Continue(SeedTable found, string path)
    {
        if (found.Command != Table.Command || found.Commit != Table.Commit)
        {
            throw new InvalidDataException(
                $"{path} is of another run: `{found.Command}` at commit {found.Commit}; this is `{Table.Command}` at commit {Table.Commit}. Choose another folder with -o, or delete it.");
        }

        Table = found;
    }
}
