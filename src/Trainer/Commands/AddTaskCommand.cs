using System;
using System.CommandLine;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>add-task</c>: new tasks for a model that is in the field. What it could do it does to the last bit as before.</summary>
internal sealed class AddTaskCommand
{
    private readonly RunConsole console;
    private readonly Argument<string> model = new("model") { Description = "the model file that gets more tasks; it is not changed" };
    private readonly Option<string> data = new(TrainCommand.DataOption) { Description = "folder of recordings of the new tasks, DIR/<task>/<train|val|test>/<class>", Required = true };
    private readonly Option<string> folder = new("--output", "-o") { Description = "folder for the model with the new tasks", DefaultValueFactory = _ => "out/add-task" };
    private readonly Option<decimal> alpha = new("--alpha") { Description = "an adapter's channels as a share of the shared ones", DefaultValueFactory = _ => 0.2m };
    private readonly Option<double> lambda = new("--lambda") { Description = "weight of the adapters' cost in the loss; larger closes more gates", DefaultValueFactory = _ => 0.001 };
    private readonly Option<int> steps = new("--steps") { Description = "batches to train on", DefaultValueFactory = _ => 600 };
    private readonly Option<int> batch = new("--batch") { Description = "samples of a batch, shared equally by the new tasks", DefaultValueFactory = _ => 48 };
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Adam's first learning rate; falls along a cosine", DefaultValueFactory = _ => 3e-3 };
    private readonly Option<int> seed = new("--seed") { Description = "same seed, same run", DefaultValueFactory = _ => 1 };
    private readonly Option<string> device = new("--device") { Description = CommonOptions.DeviceText, DefaultValueFactory = _ => DeviceNames.Default };
    private readonly Option<int> threads = new(CommonOptions.ThreadsOption) { Description = "threads of Torch; runs are repeatable for the same number", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount) };
    private readonly RecordingOptions recordings;

    private AddTaskCommand(Command command, RunConsole console)
    {
        this.console = console;
        device.AcceptOnlyFromAmong([.. DeviceNames.All]);
        command.Add(model);
        foreach (Option option in (Option[])[data, folder, alpha, lambda, steps, batch, learningRate, seed, device, threads])
            command.Add(option);
        recordings = new RecordingOptions(command);
        command.SetAction(Run);
    }

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("add-task", "Adds tasks to a model: an adapter and a head for each, trained beside the encoder as it is. Integers of the tasks that it has stay the same.");
        _ = new AddTaskCommand(command, console);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(model)!, from = parsed.GetValue(data)!;
        if (EvaluateCommand.Read(console, path) is not { } old)
            return ProgramExit.Mistake;
        if (DequantisedEncoder.Channels(old) is not { } channels)
            return ExitCode.Mistake(console, $"{path} has an encoder of another shape than adapter-train makes: convolutions of 3 x 3 that halve the image, the last one with a maximum over it, and a dense layer of as many channels.");
        TorchSharp.torch.set_num_threads(Math.Max(1, parsed.GetValue(threads)));
        var training = new TrainingOptions(parsed.GetValue(steps), parsed.GetValue(batch), parsed.GetValue(seed), parsed.GetValue(lambda), CostMeasure.Parameters, parsed.GetValue(learningRate));
        var settings = new RunSettings(
            old.Name, parsed.GetValue(folder)!, TrainingCommand.Of(parsed, [folder, device]), old.Input, old.FrontEnd, channels, parsed.GetValue(alpha), training, AddedTasks.Widths(old), parsed.GetValue(device)!, WithMultiHead: false)
        {
            IsStreaming = DequantisedEncoder.IsStreaming(old),
        };
        if (recordings.Of(parsed, from, out string? problem) is not { } reading)
            return ExitCode.Usage(console, problem!);
        if (Preparation.Problem(settings, Preparation.TaskFolders(from)) is { } mistake)
            return ExitCode.Mistake(console, mistake);
        if (Path.GetFullPath(Path.Combine(settings.Folder, settings.Name + ".adapter")) == Path.GetFullPath(path))
            return ExitCode.Usage(console, $"--output {settings.Folder} is where {path} lies, which would be overwritten. Choose another folder.");
        using RunFolder? own = RunFolder.Take(settings.Folder, out problem);
        if (own is null)
            return ExitCode.Mistake(console, problem!);
        if (DataLines.Load(console, from, settings, reading) is not { } tasks)
            return ProgramExit.Mistake;
        if ((Conflict(old, path, tasks) ?? settings.Problem(tasks)) is { } wrong)
            return ExitCode.Mistake(console, wrong);
        return Experiment.SettleConvolutions(settings, settings.Shape(tasks), console) ? Add(old, path, settings, tasks) : ExitCode.Of(RunOutcome.WrongConvolutions);
    }

    private static string? Conflict(ModelArtifact old, string path, IReadOnlyList<TaskData> tasks)
    {
        if (tasks.FirstOrDefault(task => old.Tasks.Any(each => each.Name == task.Name)) is { } known)
            return $"'{known.Name}' is a task of {path} already. Give its folder another name, or train a new model for other recordings of it.";
        return old.Tasks.Count + tasks.Count > ArtifactLimits.Tasks ? $"{path} has {old.Tasks.Count} tasks; with {tasks.Count} more it would have over {ArtifactLimits.Tasks}." : null;
    }

    private int Add(ModelArtifact old, string path, RunSettings settings, IReadOnlyList<TaskData> tasks)
    {
        string checkpoint = Path.Combine(settings.Folder, "checkpoint-adapters.dat"), file = Path.Combine(settings.Folder, settings.Name + ".adapter");
        AddedTasks? added;
        try
        {
            added = AddedTasks.Run(old, settings, tasks, checkpoint, console);
        }
        catch (NotFiniteException exception)
        {
            console.Error(exception.Message + ".");
            return ExitCode.Of(RunOutcome.NotFinite);
        }
        catch (InvalidDataException exception)
        {
            return ExitCode.Mistake(console, $"{checkpoint} cannot be continued: {exception.Message}. Give the command that made it, choose another folder with -o, or delete it.");
        }

        if (added is null)
            return ExitCode.Of(RunOutcome.Stopped);
        AddedModel result = AddedModel.Of(added, old, settings, tasks, console, out IReadOnlyList<string> errors);
        WholeFile.Write(file, result.Text);
        if (result.Deployment is not { } deployment)
        {
            foreach (string line in errors)
                console.Plain(line);
            return ExitCode.Mistake(console, $"{file} is written, but no code could be made of it: see above");
        }

        deployment.Write(settings.Folder);
        console.Line("Compile", deployment.Describe());
        console.Line("Verify", $"{TextTable.Number(result.Verified.Equal)} of {TextTable.Number(result.Verified.Slices)} slices: generated code = interpreter, every logit of all {TextTable.Number(old.Tasks.Count + tasks.Count)} tasks");
        foreach (string line in result.Lines)
            console.Raw("  " + line);
        if (result.Verified.Equal < result.Verified.Slices)
            return ExitCode.Mistake(console, $"generated code and interpreter differ. This is a defect of AdapterCompiler; please report it with {file}.");
        File.Delete(checkpoint);
        console.Raw($"Next:  adapterc diff {path} {file}, or adapter-train evaluate {file} DIR");
        return ProgramExit.Done;
    }
}
