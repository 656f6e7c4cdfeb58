using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Reports;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>One row of the table: right answers on the test split.</summary>
/// <param name="Task">Name.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Train">Training slices.</param>
/// <param name="Validation">Validation slices.</param>
/// <param name="Test">Test slices.</param>
/// <param name="MajorityClass">Test slices of the training split's most frequent class: what answering always the same would get right.</param>
/// <param name="Linear">Right with multinomial logistic regression on the codes.</param>
/// <param name="MultiHead">Right with the float multi-head baseline; null where it was not trained.</param>
/// <param name="Adapters">Right with the float adapter network.</param>
/// <param name="Interpreter">Right with the quantised network, interpreted.</param>
/// <param name="Generated">Right with the generated C#.</param>
/// <param name="OpenChannels">Open adapter channels.</param>
/// <param name="Channels">Adapter channels.</param>
internal sealed record TaskResult(
    string Task,
    int Classes,
    int Train,
    int Validation,
    int Test,
    int MajorityClass,
    int Linear,
    int? MultiHead,
    int Adapters,
    int Interpreter,
    int Generated,
    int OpenChannels,
    int Channels)
{
    /// <summary>The float network, class by class.</summary>
    public ConfusionMatrix? Float { get; init; }

    /// <summary>The integer network, class by class.</summary>
    public ConfusionMatrix? Integer { get; init; }

    /// <summary>What the task costs beside the shared encoder: its open adapter channels and its head.</summary>
    public TaskCost? Cost { get; init; }

    /// <summary>The same of the multi-head network: its head.</summary>
    public TaskCost? MultiHeadCost { get; init; }
}

/// <summary>A task's own cost by both measures (paper, equations 1 and 6).</summary>
/// <param name="Parameters">Weights, in thousands.</param>
/// <param name="Flops">Operations, two per weight and position, in millions.</param>
internal sealed record TaskCost(double Parameters, double Flops)
{
    /// <summary>Counts a task.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="classes">Of the task.</param>
    /// <param name="open">Open channels per layer; empty without adapters.</param>
    public static TaskCost Of(NetworkShape shape, int classes, IReadOnlyList<int> open)
    {
        return new TaskCost(Cost(CostMeasure.Parameters), Cost(CostMeasure.Flops));

        double Cost(CostMeasure measure) => System.Math.Round(AdapterCost.Of(shape, measure, classes, open), 6);
    }
}

/// <summary>What a run found.</summary>
/// <param name="Settings">What it was given.</param>
/// <param name="Tasks">Per task.</param>
/// <param name="Channels">Whether its channels say anything.</param>
/// <param name="EqualSlices">Slices on which interpreter and generated code agree on every logit.</param>
/// <param name="ModelBytes">Size of the model file.</param>
/// <param name="IlBytes">IL of the generated code.</param>
/// <param name="RamBytes">Arrays of the generated code.</param>
internal sealed record ExperimentResult(RunSettings Settings, IReadOnlyList<TaskResult> Tasks, ChannelHealth Channels, int EqualSlices, int ModelBytes, int IlBytes, int RamBytes)
{
    /// <summary>Work and predicted time of a window on the device, layer by layer.</summary>
    public Report? Costs { get; init; }

    /// <summary>What the run's numbers depend on besides its settings: threads, instruction set, oneDNN, layout.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Tasks that were not learnt and channels that say nothing, a sentence each.</summary>
    public IReadOnlyList<string> Warnings => [.. ResultWarnings.Of(Tasks), .. Channels.Warnings];

    /// <summary>Test slices of all tasks.</summary>
    public int Slices => Tasks.Sum(task => task.Test);
}
