using System.Collections.Generic;
using System.CommandLine;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>train</c>: folders of recordings, or the built-in set.</summary>
internal static class TrainCommand
{
    private static readonly OptionDefaults Defaults = new("audio", "out/train", "4,8,16,32,48", Alpha: 0.2m, Steps: 2000, Batch: 96, Lambda: 0.001, LearningRate: 2e-3);

    public static Command Create()
    {
        var command = new Command("train", "Trains on DIR/<task>/<train|val|test>/<class>/*.wav (flac, ogg, mp3 …) and writes the model and its C#.");
        var data = new Option<string?>("--data") { Description = "folder of recordings; without it the built-in set is used" };
        var multiHead = new Option<bool>("--multi-head") { Description = "also train the multi-head baseline, for comparison" };
        command.Add(data);
        command.Add(multiHead);
        var options = new CommonOptions(command, Defaults);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(data), parsed.GetValue(multiHead), RunConsole.Standard()));
        return command;
    }

    private static int Run(ParseResult parsed, CommonOptions options, string? data, bool multiHead, RunConsole console)
    {
        if (options.Settings(parsed, CommonOptions.Typed(parsed), multiHead, out string? problem) is not { } settings)
            return ExitCode.Mistake(console, problem!);
        if (!Preparation.Settle(settings, data is null ? BuiltInCorpus.TaskNames.Count : Preparation.TaskFolders(data), console))
            return ExitCode.Of(RunOutcome.WrongConvolutions);
        IReadOnlyList<TaskData>? tasks;
        if (data is null)
            DataLines.Print(console, tasks = QuickstartCommand.Generate(settings.Training.Seed, settings.FrontEnd, console));
        else
            tasks = DataLines.Load(console, data, settings.FrontEnd, settings.Input, settings.Folder);
        return tasks is null ? ExitCode.Of(RunOutcome.Failed) : ExitCode.Of(new Experiment(settings, tasks, console).Run());
    }
}
