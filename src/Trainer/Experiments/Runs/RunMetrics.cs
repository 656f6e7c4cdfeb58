using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>What a run found out about a task.</summary>
/// <param name="Name">Name of the task.</param>
/// <param name="Labels">Class names.</param>
/// <param name="Validation">Share of right answers on the validation split, by which the best state was chosen.</param>
/// <param name="Majority">Right answers on the test split by always saying the commonest class of training: chance.</param>
/// <param name="Float">Right answers of the float network on the test split.</param>
/// <param name="Quantised">Right answers of its integers.</param>
/// <param name="Test">Slices of the test split.</param>
/// <param name="Open">Open adapter channels of each layer; empty without adapters.</param>
/// <param name="Channels">Adapter channels of each layer.</param>
/// <param name="Parameters">The task's own weights in thousands, its head included.</param>
/// <param name="Flops">The task's own operations in millions, its head included.</param>
/// <param name="Confusion">Test slices as [class, class found, count], counts above 0 only.</param>
/// <param name="Wide">Right answers of integers whose codes have 8 bits too, one more than those that are compiled; null where they were not made.</param>
internal sealed record TaskMetrics(
    string Name, IReadOnlyList<string> Labels, double Validation, int Majority, int Float, int Quantised, int Test, int[] Open, int[] Channels, double Parameters, double Flops, int[][] Confusion,
    int? Wide = null)
{
    /// <summary>Share of right answers of the float network.</summary>
    public double Accuracy => (double)Float / Test;

    /// <summary>The same of its integers.</summary>
    public double QuantisedAccuracy => (double)Quantised / Test;

    /// <summary>Counts are of slices that there are, and confusions of classes.</summary>
    public bool IsPossible => Test > 0 && new[] { Float, Quantised, Majority, Wide ?? 0 }.All(right => right >= 0 && right <= Test)
        && Confusion.All(each => each is { Length: 3 } && each[0] >= 0 && each[0] < Labels.Count && each[1] >= 0 && each[1] < Labels.Count && each[2] > 0);
}

/// <summary>Numbers of a finished run: what is committed.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Row">Row of the tables.</param>
/// <param name="Configuration">See <see cref="PlannedRun.Configuration"/>.</param>
/// <param name="Data">What it was trained on and how, with a hash of the slices: <see cref="NetworkTraining.Identity"/>.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Cost">What the cost counted.</param>
/// <param name="Lambda">Weight of the cost.</param>
/// <param name="Commit">Of the program.</param>
/// <param name="Machine">What computed.</param>
/// <param name="SecondsPerStep">Processor time of a step, all threads together.</param>
/// <param name="SharedParameters">Weights of the shared encoder in thousands.</param>
/// <param name="SharedFlops">Its operations in millions.</param>
/// <param name="Tasks">Per task.</param>
/// <param name="Compiled">As a program; null where nothing was compiled.</param>
/// <param name="Zeros">Share of the weights between open channels that are 0 in a compressed model; null for others.</param>
/// <param name="InParts">As a program in one, two, three and four assemblies, where it fits, of a compressed model; null for others.</param>
/// <param name="CostCommit">Of the program whose compiler the costs are of, where that is another one.</param>
/// <param name="QuantisedCommit">Of the program that made the integers, where that is another one.</param>
internal sealed record RunMetrics(
    string Run, string Row, string Configuration, string Data, int Seed, CostMeasure Cost, double Lambda, string Commit, string Machine, double SecondsPerStep,
    double SharedParameters, double SharedFlops, IReadOnlyList<TaskMetrics> Tasks, CompiledCost? Compiled = null, double? Zeros = null, IReadOnlyList<CompiledCost>? InParts = null, string? CostCommit = null, string? QuantisedCommit = null)
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "metrics.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Mean accuracy over the tasks.</summary>
    public double Mean => Tasks.Average(task => task.Accuracy);

    /// <summary>Mean accuracy of the integers over the tasks.</summary>
    public double QuantisedMean => Tasks.Average(task => task.QuantisedAccuracy);

    /// <summary>Writes the numbers.</summary>
    public void Save(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads numbers.</summary>
    /// <exception cref="InvalidDataException">The file holds none.</exception>
    public static RunMetrics Load(string path)
    {
        try
        {
            RunMetrics metrics = JsonSerializer.Deserialize<RunMetrics>(File.ReadAllText(path), Format) ?? throw new InvalidDataException($"{path} is empty");
            if (metrics.Tasks.Any(task => task is null))
                throw new InvalidDataException($"{path} lacks the numbers of a task");
            return metrics.Tasks.FirstOrDefault(task => !task.IsPossible) is { } wrong
                ? throw new InvalidDataException($"{path} has numbers of '{wrong.Name}' that cannot be, of {wrong.Test} slices {wrong.Float} and {wrong.Quantised} right among others: take the file as it was written")
                : metrics;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} holds no metrics of a run: {exception.Message}", exception);
        }
    }
}
