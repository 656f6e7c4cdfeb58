using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>quickstart</c>: the whole path on the built-in set, nothing downloaded.</summary>
internal static class QuickstartCommand
{
    /// <summary>Name of the option that makes the network small afterwards.</summary>
    public const string CompressOption = "--compress";

    /// <summary>What it is made small by.</summary>
    private const int SmallBits = 4, SmallSteps = 300;

    private const double SmallZeros = 0.7;

    /// <summary>Slices per task of the built-in set.</summary>
    public const int Train = 1200, Validation = 200, Test = 250;

    /// <summary>
    /// A small shared encoder, so that three tasks compete for it and two networks train in two minutes; adapters half as wide instead of the paper's fifth, which would be
    /// one or two channels here. The seed is not 1: the corpus was shaped while looking at what networks make of seed 1, test split included.
    /// </summary>
    private static readonly OptionDefaults Defaults = new("audio", "out/quickstart", "4,8,12,16,24", Alpha: 0.5m, Steps: 500, Batch: 96, Lambda: 0.001, LearningRate: 3e-3, Seed: 7);

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("quickstart", "Trains three tasks made from a seed, quantises, generates C#, and classifies the test split with it.");
        var compress = new Option<bool>(CompressOption) { Description = FormattableString.Invariant($"then make the network small: {SmallBits} bits a weight, {SmallZeros:P0} zeros, learnt in {SmallSteps} steps more; the model lies in small/") };
        command.Add(compress);
        var options = new CommonOptions(command, Defaults);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(compress), console));
        return command;
    }

    private static int Run(ParseResult parsed, CommonOptions options, bool compresses, RunConsole console)
    {
        if (options.Settings(parsed, withMultiHead: true, out string? problem) is not { } settings)
            return ExitCode.Usage(console, problem!);
        IReadOnlyList<TaskData> tasks = [];
        RunSettings small = settings with { Folder = Path.Combine(settings.Folder, "small"), CompressionCommand = options.Threads(parsed) };
        // Stopped in its second half: the first is done.
        bool goesOn = compresses && File.Exists(ModelTraining.CompressionCheckpoint(small.Folder)) && File.Exists(ModelTraining.WeightsFile(settings));
        if (goesOn)
            tasks = Load();
        else if (TrainingRun.Run(settings, BuiltInCorpus.TaskNames.Count, console, Load, _ => NextSteps(settings, console)) is var code && (code != ProgramExit.Done || !compresses))
            return code;
        return Compress(small, ModelTraining.WeightsFile(settings), tasks, console);

        IReadOnlyList<TaskData> Load()
        {
            console.Raw($"AdapterCompiler quickstart: three tasks, made from seed {settings.Training.Seed}, nothing downloaded      {settings.Folder}");
            tasks = Generate(settings.Training.Seed, settings.FrontEnd, console);
            DataLines.Print(console, tasks);
            return tasks;
        }
    }

    private static int Compress(RunSettings settings, string path, IReadOnlyList<TaskData> tasks, RunConsole console)
    {
        if (QuantiseCommand.Load(console, path) is not { } weights)
            return ExitCode.Of(RunOutcome.Failed);
        using (weights)
        {
            if (NetworkTraining.Identity(settings.Shape(tasks), tasks, settings.Training) is var run && run != weights.Saved.Run)
                return ExitCode.Mistake(console, $"{path} is of another training ({weights.Saved.Run}; this is {run}). Give the command that made it, choose another folder with -o, or delete {ModelTraining.CompressionCheckpoint(settings.Folder)}.");
            using RunFolder? own = RunFolder.Take(settings.Folder, out string? problem);
            if (own is null)
                return ExitCode.Mistake(console, problem!);
            console.Blank();
            var how = new CompressionOptions(
                settings.Training with { Steps = SmallSteps, LearningRate = CompressionOptions.UsualLearningRate, AllOpen = true }, new QuantisationOptions(ValueArray.Of(SmallBits), QuantisationOptions.Default.ActivationBits), SmallZeros);
            return ExitCode.Of(CompressCommand.Single(settings, tasks, weights, how, console));
        }
    }

    /// <summary>The built-in set.</summary>
    public static IReadOnlyList<TaskData> Generate(int seed, FrontEndSpec spec, RunConsole console)
    {
        var frontEnd = SoundFrontEnd.For(spec, FrontEnd.DefaultInput);
        return console.Working("Data", "slices", report => BuiltInCorpus.Generate(seed, Train, Validation, Test, samples => frontEnd.Codes(samples), report));
    }

    private static void NextSteps(RunSettings settings, RunConsole console)
    {
        console.Raw($"Next:  read {Path.Combine(settings.Folder, settings.ClassName + ".g.cs")}, what the device will run, and {Path.Combine(settings.Folder, "results.md")}");
        console.Raw("       put the model in a firmware project: docs/getting-started.md");
        console.Raw("       train on your own recordings: adapter-train train --data DIR   (DIR/<task>/<train|val|test>/<class>/*.wav)");
    }
}
