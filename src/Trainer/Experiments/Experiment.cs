using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>How a run ended.</summary>
internal enum RunOutcome
{
    /// <summary>There is a result.</summary>
    Finished,

    /// <summary>Ctrl-C; the same command goes on.</summary>
    Stopped,

    /// <summary>Something has to be changed; the terminal says what.</summary>
    Failed,

    /// <summary>No setting of Torch convolves right here.</summary>
    WrongConvolutions,

    /// <summary>Something was not finite: training stopped, or nothing was made from it.</summary>
    NotFinite,
}

/// <summary>The whole way once: train, lock, quantise, write, generate, compile, verify, report.</summary>
internal sealed class Experiment(RunSettings settings, IReadOnlyList<TaskData> tasks, RunConsole console)
{
    /// <summary>What was found; there after <see cref="RunOutcome.Finished"/>.</summary>
    public ExperimentResult? Result { get; private set; }

    /// <summary>Runs.</summary>
    public RunOutcome Run()
    {
        if (settings.Problem(tasks) is { } problem)
            return Fail(problem);
        if (!SettleConvolutions(settings, settings.Shape(tasks), console))
            return RunOutcome.WrongConvolutions;
        Directory.CreateDirectory(settings.Folder);
        try
        {
            return ModelTraining.Run(settings, tasks, console) is { } trained ? Deploy(trained) : RunOutcome.Stopped;
        }
        catch (InvalidDataException exception)
        {
            return Fail($"the checkpoint in {settings.Folder} cannot be continued: {exception.Message}. Give the command that made it, choose another folder with -o, or delete {Path.GetFileName(ModelTraining.AdapterCheckpoint(settings))} and {Path.GetFileName(ModelTraining.BaselineCheckpoint(settings))} there.");
        }
        catch (NotFiniteException exception)
        {
            Fail(exception.Message + ".");
            return RunOutcome.NotFinite;
        }
    }

    /// <summary>Sees to it that Torch computes a run's convolutions right.</summary>
    /// <returns>False where it cannot, which was said.</returns>
    public static bool SettleConvolutions(RunSettings settings, NetworkShape shape, RunConsole console)
    {
        _ = TorchContext.Set(TorchContext.Nnpack, on: false);
        if (SafeConvolutions.OfProcess.Settle(Convolutions(settings, shape), text => console.Line("Check", text)) is not { } problem)
            return true;
        console.Error(problem);
        return false;
    }

    /// <summary>The convolutions of a run's networks.</summary>
    public static IReadOnlyList<ConvolutionCase> Convolutions(RunSettings settings, NetworkShape shape)
    {
        int perTask = settings.Training.BatchSize / shape.Tasks.Count;
        return [.. NetworkConvolutions.Of(shape, perTask).Concat(settings.WithMultiHead ? NetworkConvolutions.Of(shape.MultiHead, perTask) : []).Distinct()];
    }

    private RunOutcome Deploy(TrainedModel trained)
    {
        ModelArtifact model = trained.Model;

        // Written first: whatever becomes of its code, what was trained is there to be compiled otherwise.
        string fileName = settings.Name + ".adapter", file = Path.Combine(settings.Folder, fileName), unmeasured = ModelWriter.Write(model);
        File.WriteAllText(file, unmeasured);
        (Deployment? compiled, IReadOnlyList<string> errors) = Deployment.Compile(unmeasured, fileName, settings.ClassName, settings.Device);
        if (compiled is null)
            return Lacking(file, errors);

        // Accuracy belongs in the file, and measuring it needs the network: its integers do not change.
        Verification verified = console.Working("Verify", "slices", report => Verification.Run(NetworkBuilder.Build(model), compiled, tasks, report));

        ModelArtifact measured = model with
        {
            Tasks = model.Tasks
                .Select((task, k) => task with { Accuracy = new MeasuredAccuracy(tasks[k].Test.Count, trained.Adapters[k], verified.Interpreter[k]) })
                .ToValueArray(),
        };
        string text = ModelWriter.Write(measured);
        File.WriteAllText(file, text);
        (Deployment? deployment, errors) = compiled.With(text);
        if (deployment is null)
            return Lacking(file, errors);
        deployment.Write(settings.Folder);

        int[] linear = Baselines.Linear(tasks, settings.Training.Seed, console);
        Result = new ExperimentResult(
            settings,
            [.. tasks.Select((task, k) => new TaskResult(
                task.Name, task.Labels.Count, task.Train.Count, task.Validation.Count, task.Test.Count, Baselines.Majority(task), linear[k], trained.MultiHead?[k], trained.Adapters[k],
                verified.Interpreter[k], verified.Generated[k], trained.Open[k], settings.Shape(tasks).AdapterChannels / tasks.Count))],
            trained.Channels, verified.Equal, System.Text.Encoding.UTF8.GetByteCount(text), deployment.IlBytes, deployment.RamBytes)
        {
            Machine = trained.Machine,
        };
        Report(Result, deployment);
        if (verified.Equal < verified.Slices)
            return Fail($"{verified.Slices - verified.Equal} of {verified.Slices} slices: generated code and interpreter differ. This is a defect of AdapterCompiler; please report it with {file}.");
        ModelTraining.DeleteCheckpoints(settings);
        return RunOutcome.Finished;
    }

    private void Report(ExperimentResult result, Deployment deployment)
    {
        string bits = settings.Quantisation.WeightBits.Distinct().Count() == 1 ? $"{settings.Quantisation.WeightBits[0]}" : string.Join('/', settings.Quantisation.WeightBits);
        console.Line("Quantise", $"{bits}-bit weights, {settings.Quantisation.ActivationBits}-bit activations      {settings.Name}.adapter  {TextTable.Number(result.ModelBytes / 1024)} KB");
        console.Line("Compile", deployment.Describe());
        console.Line("Verify", $"{TextTable.Number(result.EqualSlices)} of {TextTable.Number(result.Slices)} slices: generated code = interpreter, every logit");
        foreach (string warning in result.Warnings)
            console.Line("Warning", warning);
        console.Blank();
        foreach (string line in ResultTable.Text(result))
            console.Raw("  " + line);
        console.Blank();
        File.WriteAllText(Path.Combine(settings.Folder, "results.md"), ResultTable.Markdown(result) + $"Made by `{settings.Command}`, seed {settings.Training.Seed}, at commit {GitCommit.Current()}.\n");
        File.WriteAllText(Path.Combine(settings.Folder, "results.json"), ResultTable.Json(result));
    }

    private RunOutcome Lacking(string file, IReadOnlyList<string> errors) => Fail(
        string.Join(Environment.NewLine, errors) + $"{Environment.NewLine}The trained network is in {file}; 'adapterc report {file} --device NAME' says what it takes on another device.");

    private RunOutcome Fail(string message)
    {
        console.Error(message);
        return RunOutcome.Failed;
    }
}
