using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>quickstart</c>: the whole path on the built-in set, nothing downloaded.</summary>
internal static class QuickstartCommand
{
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
        var command = new Command("quickstart", "Trains three tasks made from a seed, makes the network small, generates C#, and classifies the test split with it.");
        var options = new CommonOptions(command, Defaults);
        var compression = new CompressionChoice(command, options, unlessAsked: true);
        command.SetAction(parsed => Run(parsed, options, compression, console));
        return command;
    }

    private static int Run(ParseResult parsed, CommonOptions options, CompressionChoice compression, RunConsole console)
    {
        if (options.Settings(parsed, withMultiHead: true, out string? problem) is not { } plain)
            return ExitCode.Usage(console, problem!);
        RunSettings settings = compression.Apply(parsed, plain);
        return TrainingRun.Run(settings, BuiltInCorpus.TaskNames.Count, console, Load, _ => NextSteps(settings, console));

        IReadOnlyList<TaskData> Load()
        {
            console.Raw($"AdapterCompiler quickstart: three tasks, made from seed {settings.Training.Seed}, nothing downloaded      {settings.Folder}");
            IReadOnlyList<TaskData> tasks = Generate(settings.Training.Seed, settings.FrontEnd, settings.Input, console);
            DataLines.Print(console, tasks);
            return tasks;
        }
    }

    /// <summary>The built-in set.</summary>
    public static IReadOnlyList<TaskData> Generate(int seed, FrontEndSpec spec, InputSpec input, RunConsole console)
    {
        var frontEnd = SoundFrontEnd.For(spec, input);
        return console.Working("Data", "slices", report => BuiltInCorpus.Generate(seed, Train, Validation, Test, samples => frontEnd.Codes(samples), report));
    }

    private static void NextSteps(RunSettings settings, RunConsole console)
    {
        console.Raw($"Next:  read {Path.Combine(settings.Folder, settings.ClassName + ".g.cs")}, what the device will run, and {Path.Combine(settings.Folder, "results.md")}");
        console.Raw("       put the model in a firmware project: docs/getting-started.md");
        console.Raw("       train on your own recordings: adapter-train train --data DIR   (DIR/<task>/<train|val|test>/<class>/*.wav)");
    }
}
