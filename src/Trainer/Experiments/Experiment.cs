using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
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
    private readonly string adapterCheckpoint = Path.Combine(settings.Folder, "checkpoint-adapters.dat");
    private readonly string baselineCheckpoint = Path.Combine(settings.Folder, "checkpoint-multi-head.dat");

    private string machine = "";

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
            return TrainAndDeploy();
        }
        catch (InvalidDataException exception)
        {
            return Fail($"the checkpoint in {settings.Folder} cannot be continued: {exception.Message}. Give the command that made it, choose another folder with -o, or delete {Path.GetFileName(adapterCheckpoint)} and {Path.GetFileName(baselineCheckpoint)} there.");
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
        if (SafeConvolutions.OfProcess.Settle(Convolutions(settings, shape), text => console.Line("Check", text)) is not { } problem)
            return true;
        console.Error(problem);
        return false;
    }

    /// <summary>The convolutions of a run's networks.</summary>
    private static IReadOnlyList<ConvolutionCase> Convolutions(RunSettings settings, NetworkShape shape)
    {
        int perTask = settings.Training.BatchSize / shape.Tasks.Count;
        return [.. NetworkConvolutions.Of(shape, perTask).Concat(settings.WithMultiHead ? NetworkConvolutions.Of(shape.MultiHead, perTask) : []).Distinct()];
    }

    private RunOutcome TrainAndDeploy()
    {
        NetworkShape shape = settings.Shape(tasks);
        SliceSet[] test = [.. tasks.Select(t => t.Test)];
        int[]? multiHead = null;
        if (settings.WithMultiHead)
        {
            using TrainingSession? baseline = Train("Multi-head", shape.MultiHead, baselineCheckpoint);
            if (baseline is null)
                return RunOutcome.Stopped;
            multiHead = Correct(baseline.Network, test);
        }

        using TrainingSession? session = Train("Adapters", shape, adapterCheckpoint);
        if (session is null)
            return RunOutcome.Stopped;
        machine = session.Machine;
        int[] adapters = Correct(session.Network, test);

        var quantiser = new Quantiser(session.Network, settings.Quantisation);
        bool[][][] gates = quantiser.TrainedGates();
        int[] open = [.. gates.Select(layers => layers.Sum(layer => layer.Count(g => g)))];
        console.Line("Gates", $"locked: {open.Sum()} of {shape.AdapterChannels} adapter channels open");
        var labels = new ModelLabels(settings.Name, settings.Command, settings.FrontEnd, [.. tasks.Select(t => t.Labels)]);
        ModelArtifact model = quantiser.Export(quantiser.Calibrate([.. tasks.Select(t => t.Train)]), gates, labels);
        return Deploy(model, multiHead, adapters, open);
    }

    private RunOutcome Deploy(ModelArtifact model, int[]? multiHead, int[] adapters, int[] open)
    {
        // Accuracy belongs in the file, and measuring it needs the network: its integers do not change.
        string fileName = settings.Name + ".adapter";
        (Deployment? unmeasured, IReadOnlyList<string> errors) = Deployment.Compile(ModelWriter.Write(model), fileName, settings.ClassName, settings.Device);
        if (unmeasured is null)
            return Fail(string.Join(Environment.NewLine, errors));
        Verification verified = console.Working("Verify", "slices", report => Verification.Run(NetworkBuilder.Build(model), unmeasured, tasks, report));

        ModelArtifact measured = model with
        {
            Tasks = model.Tasks
                .Select((task, k) => task with { Accuracy = new MeasuredAccuracy(tasks[k].Test.Count, adapters[k], verified.Interpreter[k]) })
                .ToValueArray(),
        };
        string text = ModelWriter.Write(measured);
        Deployment deployment = Deployment.Compile(text, fileName, settings.ClassName, settings.Device).Deployment!;
        Deployment.Write(settings.Folder, fileName, text, deployment.Result.Files);

        int[] linear = console.Working("Linear", "tasks", report => tasks.Select((task, k) =>
        {
            report?.Invoke(k, tasks.Count);
            return LinearBaseline.PredictTest(task, settings.Training.Seed).Zip(task.Test.Classes).Count(pair => pair.First == pair.Second);
        }).ToArray());
        Result = new ExperimentResult(
            settings,
            [.. tasks.Select((task, k) => new TaskResult(
                task.Name, task.Labels.Count, task.Train.Count, task.Validation.Count, task.Test.Count, Majority(task), linear[k], multiHead?[k], adapters[k],
                verified.Interpreter[k], verified.Generated[k], open[k], settings.Shape(tasks).AdapterChannels / tasks.Count))],
            verified.Equal, System.Text.Encoding.UTF8.GetByteCount(text), deployment.IlBytes, deployment.Program.RamBytes)
        {
            Machine = machine,
        };
        Report(Result);
        if (verified.Equal < verified.Slices)
            return Fail($"{verified.Slices - verified.Equal} of {verified.Slices} slices: generated code and interpreter differ. This is a defect of AdapterCompiler; please report it with {Path.Combine(settings.Folder, fileName)}.");
        File.Delete(adapterCheckpoint);
        File.Delete(baselineCheckpoint);
        return RunOutcome.Finished;
    }

    private void Report(ExperimentResult result)
    {
        string bits = settings.Quantisation.WeightBits.Distinct().Count() == 1 ? $"{settings.Quantisation.WeightBits[0]}" : string.Join('/', settings.Quantisation.WeightBits);
        console.Line("Quantise", $"{bits}-bit weights, {settings.Quantisation.ActivationBits}-bit activations      {settings.Name}.adapter  {TextTable.Number(result.ModelBytes / 1024)} KB");
        console.Line("Compile", $"{settings.ClassName}.g.cs      IL {TextTable.Number(result.IlBytes)} bytes, RAM {TextTable.Number(result.RamBytes)} bytes, builds against nanoFramework mscorlib 1.17");
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

    private TrainingSession? Train(string title, NetworkShape shape, string checkpoint)
    {
        using var interrupt = new Interrupt();
        return NetworkTraining.Run(title, shape, tasks, settings.Training, checkpoint, TorchDescription.Of(Convolutions(settings, shape)), console, interrupt.Token);
    }

    private RunOutcome Fail(string message)
    {
        console.Error(message);
        return RunOutcome.Failed;
    }

    private static int[] Correct(MultiTaskNetwork network, SliceSet[] test) =>
        [.. test.Select((set, k) => Evaluator.Correct(Evaluator.Classify(network, k, set.Codes), set.Classes))];

    private static int Majority(TaskData task)
    {
        int most = task.Train.Classes.GroupBy(c => c).MaxBy(group => group.Count())!.Key;
        return task.Test.Classes.Count(c => c == most);
    }
}
