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
        var none = new Option<string[]>("--none") { Description = "a class \"none of these\" of this name for every task, fed with silence, noise and other tasks' recordings; TASK=NAME for one task" };
        var plainDraws = new Option<bool>("--no-balance") { Description = "draw slices as they come, also where one class has more than three times the slices of another" };
        command.Add(multiHead);
        command.Add(none);
        command.Add(plainDraws);
        var options = new CommonOptions(command, Defaults);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(data), parsed.GetValue(multiHead), parsed.GetValue(none) ?? [], !parsed.GetValue(plainDraws), RunConsole.Standard()));
        return command;
    }

    private static int Run(ParseResult parsed, CommonOptions options, string? data, bool multiHead, string[] noneTexts, bool balance, RunConsole console)
    {
        if (options.Settings(parsed, CommonOptions.Typed(parsed), multiHead, out string? problem) is not { } settings)
            return ExitCode.Mistake(console, problem!);
        NoneClasses none = NoneClasses.Parse(noneTexts, out problem);
        if (data is null && noneTexts.Length > 0)
            problem = "--none needs --data: the built-in tasks have no class for none of these.";
        if (problem is not null)
            return ExitCode.Mistake(console, problem);
        settings = settings with { Training = settings.Training with { Balance = balance } };
        if (!Preparation.Settle(settings, data is null ? BuiltInCorpus.TaskNames.Count : Preparation.TaskFolders(data), console))
            return ExitCode.Of(RunOutcome.WrongConvolutions);
        IReadOnlyList<TaskData>? tasks;
        if (data is null)
            DataLines.Print(console, tasks = QuickstartCommand.Generate(settings.Training.Seed, console));
        else
            tasks = DataLines.Load(console, data, settings, none);
        return tasks is null ? ExitCode.Of(RunOutcome.Failed) : ExitCode.Of(new Experiment(settings, tasks, console).Run());
    }
}
