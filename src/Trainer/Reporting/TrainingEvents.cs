using System.Collections.Generic;
using System.IO;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>TensorBoard events of a training: loss, mean gate and each task's accuracy on its part of the batch, every few steps. TorchSharp writes them.</summary>
internal sealed class TrainingEvents
{
    /// <summary>Folder of the events, in the run's.</summary>
    public const string FolderName = "tensorboard";

    private const int Interval = 10;

    private readonly SummaryWriter writer;
    private readonly IReadOnlyList<string> tasks;

    /// <summary>Opens a file of its own.</summary>
    /// <param name="folder">Of the run.</param>
    /// <param name="network">Which network: events of several stand beside each other.</param>
    /// <param name="tasks">Their names.</param>
    public TrainingEvents(string folder, string network, IReadOnlyList<string> tasks)
    {
        this.tasks = tasks;
        writer = torch.utils.tensorboard.SummaryWriter(Path.Combine(folder, FolderName, network), createRunName: false);
    }

    /// <summary>Adds a step.</summary>
    public void Add(StepReport report)
    {
        if (report.Step != 1 && report.Step % Interval != 0)
            return;
        writer.add_scalar("loss", (float)report.Loss, report.Step);
        writer.add_scalar("mean gate", (float)report.MeanGate, report.Step);
        for (int k = 0; k < tasks.Count; k++)
            writer.add_scalar("accuracy/" + tasks[k], (float)report.Accuracy[k], report.Step);
    }
}
