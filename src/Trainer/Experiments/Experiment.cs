using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments.Points;
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
        if (settings.Compression is null)
            return Make(() => ModelTraining.Run(settings, tasks, console), isNew: true);
        RunOutcome trained = Begin(() => ModelTraining.Train(settings, tasks, console) ? RunOutcome.Finished : RunOutcome.Stopped);
        if (trained != RunOutcome.Finished)
            return trained;
        using var weights = FloatWeights.Load(ModelTraining.WeightsFile(settings));
        console.Blank();
        return Compress(weights);
    }

    /// <summary>The second half with a network that was trained before and is made small first, as the settings say.</summary>
    /// <param name="weights">A training of these tasks.</param>
    public RunOutcome Compress(FloatWeights weights)
    {
        CompressionOptions how = settings.Compression ?? throw new InvalidOperationException("nothing says how");
        var compression = new ModelCompression(settings, tasks, weights, console);
        return compression.Settle(how) ? Make(() => compression.Run(how), isNew: true) : RunOutcome.WrongConvolutions;
    }

    /// <summary>The second half with a network that was trained before: quantise, write, generate, compile, verify, report.</summary>
    /// <param name="weights">A training of these tasks.</param>
    public RunOutcome Quantise(FloatWeights weights) => Make(() => ModelTraining.Quantise(settings, tasks, weights, console), isNew: false);

    /// <summary>The second half with a model that is made somehow: write, generate, compile, verify, report.</summary>
    /// <param name="make">Makes it; null when the user stopped it.</param>
    /// <param name="isNew">There may be checkpoints, of no use once it is done.</param>
    public RunOutcome Make(Func<TrainedModel?> make, bool isNew) => Begin(() => make() is { } trained ? Deploy(trained, isNew) : RunOutcome.Stopped);

    /// <summary>Works in a run's folder; what goes wrong there is said with what to do.</summary>
    public static RunOutcome Guard(RunSettings settings, RunConsole console, Func<RunOutcome> work)
    {
        try
        {
            Directory.CreateDirectory(settings.Folder);
            return work();
        }
        catch (InvalidDataException exception)
        {
            console.Error($"the checkpoint in {settings.Folder} cannot be continued: {exception.Message}. Give the command that made it, choose another folder with -o, or delete {string.Join(" and ", ModelTraining.Checkpoints(settings).Select(Path.GetFileName))} there.");
            return RunOutcome.Failed;
        }
        catch (NotFiniteException exception)
        {
            console.Error(exception.Message + ".");
            return RunOutcome.NotFinite;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            bool isSaved = ModelTraining.Checkpoints(settings).Any();
            console.Error($"writing to {settings.Folder} failed: {exception.Message.TrimEnd('.')}. {(isSaved ? "The checkpoint there holds what was trained before: make room or put permissions right, and the same command goes on from it." : "Make room or put permissions right and give the same command, or choose another folder with -o.")}");
            return RunOutcome.Failed;
        }
    }

    /// <summary>Sees to it that Torch computes a run's convolutions right.</summary>
    /// <returns>False where it cannot, which was said.</returns>
    public static bool SettleConvolutions(RunSettings settings, NetworkShape shape, RunConsole console) => SettleConvolutions(Convolutions(settings, shape), console);

    /// <summary>The same for given convolutions.</summary>
    public static bool SettleConvolutions(IReadOnlyList<ConvolutionCase> convolutions, RunConsole console)
    {
        _ = TorchContext.Set(TorchContext.Nnpack, on: false);
        if (SafeConvolutions.OfProcess.Settle(convolutions, text => console.Line("Check", text)) is not { } problem)
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

    private RunOutcome Begin(Func<RunOutcome> work)
    {
        if (settings.Problem(tasks) is { } problem)
            return Fail(problem);
        return SettleConvolutions(settings, settings.Shape(tasks), console) ? Guard(settings, console, work) : RunOutcome.WrongConvolutions;
    }

    private RunOutcome Deploy(TrainedModel trained, bool isNew)
    {
        ModelArtifact model = trained.Model;

        // Written first: whatever becomes of its code, what was trained is there to be compiled otherwise.
        string fileName = settings.Name + ".adapter", file = Path.Combine(settings.Folder, fileName), unmeasured = ModelWriter.Write(model);
        WholeFile.Write(file, unmeasured);
        (Deployment? compiled, IReadOnlyList<string> errors) = Deployment.Compile(unmeasured, fileName, settings.ClassName, settings.Device, settings.Budget);
        if (compiled is null)
            return Lacking(file, errors);

        // Accuracy belongs in the file, and measuring it needs the network: its integers do not change.
        Verification verified = console.Working("Verify", "slices", report => Verification.Run(NetworkBuilder.Build(model), compiled, tasks, report));

        ConfusionMatrix[] floats = Matrices(trained.Found), integers = Matrices(verified.Generated);
        ConfusionMatrix[] interpreter = Matrices(verified.Interpreter);
        int[] interpreted = [.. interpreter.Select(matrix => matrix.Correct)];
        ModelArtifact measured = model with
        {
            Tasks = model.Tasks
                .Select((task, k) => task with { Accuracy = new MeasuredAccuracy(tasks[k].Test.Count, floats[k].Correct, interpreted[k]) { Confusion = interpreter[k].InFile } })
                .ToValueArray(),
        };
        string text = ModelWriter.Write(measured);
        WholeFile.Write(file, text);
        (Deployment? deployment, errors) = compiled.With(text);
        if (deployment is null)
            return Lacking(file, errors);
        deployment.Write(settings.Folder);

        int[] linear = Baselines.Linear(tasks, settings.Training.Seed, console);
        NetworkShape shape = settings.Shape(tasks);
        Result = new ExperimentResult(
            settings,
            [.. tasks.Select((task, k) => new TaskResult(
                task.Name, task.Labels.Count, task.Train.Count, task.Validation.Count, task.Test.Count, Baselines.Majority(task), linear[k], trained.MultiHead?[k], floats[k].Correct,
                interpreted[k], integers[k].Correct, trained.Open[k].Sum(), shape.AdapterChannels / tasks.Count)
            {
                Float = floats[k],
                Integer = integers[k],
                Cost = TaskCost.Of(shape, task.Labels.Count, trained.Open[k]),
                MultiHeadCost = TaskCost.Of(shape.MultiHead, task.Labels.Count, []),
            })],
            trained.Channels, verified.Equal, System.Text.Encoding.UTF8.GetByteCount(text), deployment.IlBytes, deployment.RamBytes)
        {
            Machine = trained.Machine,
            Costs = ReportBuilder.Build(deployment.Parts, deployment.Options, DeviceProfiles.Find(settings.Device)!),
        };
        Report(Result, deployment);
        if (verified.Equal < verified.Slices)
            return Fail($"{verified.Slices - verified.Equal} of {verified.Slices} slices: generated code and interpreter differ. This is a defect of AdapterCompiler; please report it with {file}.");
        if (isNew)
            ModelTraining.DeleteCheckpoints(settings);
        return RunOutcome.Finished;
    }

    private ConfusionMatrix[] Matrices(int[][] found) => [.. tasks.Select((task, k) => ConfusionMatrix.Of(task.Labels, task.Test.Classes, found[k]))];

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
        WholeFile.Write(Path.Combine(settings.Folder, "results.md"), ResultTable.Markdown(result) + $"Made by `{settings.Command}`, seed {settings.Training.Seed}, at commit {BuildCommit.Text}.\n\n" + ClassTable.Markdown(result.Tasks));
        WholeFile.Write(Path.Combine(settings.Folder, "results.json"), ResultTable.Json(result));
    }

    private RunOutcome Lacking(string file, IReadOnlyList<string> errors) => Fail(
        string.Join(Environment.NewLine, errors) + $"{Environment.NewLine}The trained network is in {file}; 'adapterc report {file} --device NAME' says what it takes on another device.");

    private RunOutcome Fail(string message)
    {
        console.Error(message);
        return RunOutcome.Failed;
    }
}
