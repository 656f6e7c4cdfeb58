using System.Collections.Generic;
using System.Linq;
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
    int Channels);

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
    /// <summary>What the run's numbers depend on besides its settings: threads, instruction set, oneDNN, layout.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Tasks that were not learnt and channels that say nothing, a sentence each.</summary>
    public IReadOnlyList<string> Warnings => [.. ResultWarnings.Of(Tasks), .. Channels.Warnings];

    /// <summary>Test slices of all tasks.</summary>
    public int Slices => Tasks.Sum(task => task.Test);
}
