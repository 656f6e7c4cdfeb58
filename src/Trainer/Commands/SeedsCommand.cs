using AdapterCompiler.Trainer.Data;
using System;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>seeds</c>: the built-in tasks with one seed after the other, and the page that shows how far the results are spread.</summary>
internal static class SeedsCommand
{
    private static readonly OptionDefaults Defaults = new("audio", "out/seeds", "4,8,12,16,24", Alpha: 0.5m, Steps: 300, Batch: 48, Lambda: 0.001, LearningRate: 2e-3, FrontEnd: FrontEndNames.Float);

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("seeds", "Trains the built-in tasks with many seeds and writes how their results are spread; what is done is not run again.");
        var seeds = new Option<string>("--seeds") { Description = "which: 1-20, or 1,2,7", DefaultValueFactory = _ => "1-20" };
        var multiHead = new Option<bool>("--multi-head") { Description = "also train the multi-head baseline, for comparison" };
        var page = new Option<string>("--page") { Description = "the result's page", DefaultValueFactory = _ => "docs/results/seeds.md" };
        var before = new Option<string>("--before") { Description = "an earlier table of seeds, shown beside", DefaultValueFactory = _ => "docs/results/seeds-before.csv" };
        command.Add(seeds);
        command.Add(multiHead);
        command.Add(page);
        command.Add(before);
        var names = new Option<string>("--names") { Description = "what this table and the one beside are called on the page, with a comma", DefaultValueFactory = _ => $"{SeedsPage.Now},{SeedsPage.Before}" };
        command.Add(names);
        var options = new CommonOptions(command, Defaults, withSeed: false);
        command.SetAction(parsed => Run(
            parsed, options, parsed.GetValue(seeds)!, parsed.GetValue(multiHead), parsed.GetValue(page)!, parsed.GetValue(before)!, parsed.GetValue(names)!, console));
        return command;
    }

    private static int Run(ParseResult parsed, CommonOptions options, string seeds, bool multiHead, string page, string before, string names, RunConsole console)
    {
        if (names.Split(',', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } nowName, { Length: > 0 } beforeName])
            return ExitCode.Usage(console, $"--names is '{names}'; write two names with a comma, for example 'integer,float'.");
        if (options.Settings(parsed, multiHead, out string? problem) is not { } settings)
            return ExitCode.Usage(console, problem!);
        if (SeedList.Parse(seeds) is not { } list)
            return ExitCode.Usage(console, $"--seeds is '{seeds}'; write 1-20, or whole numbers with commas.");
        if (!Preparation.Settle(settings, BuiltInCorpus.TaskNames.Count, console))
            return ExitCode.Of(RunOutcome.WrongConvolutions);
        using RunFolder? own = RunFolder.Take(settings.Folder, out string? taken);
        if (own is null)
            return ExitCode.Mistake(console, taken!);
        try
        {
            SeedTable? earlier = File.Exists(before) ? SeedTable.Load(before) : null;
            var run = new SeedsRun(settings, list, Command, seed => QuickstartCommand.Generate(seed, settings.FrontEnd, settings.Input, console), console);
            RunOutcome outcome = run.Run();
            if (outcome == RunOutcome.Finished)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
                File.WriteAllText(page, SeedsPage.Markdown(run.Table, earlier, (nowName, beforeName)));
                console.Raw($"Next:  read {page}");
            }

            return ExitCode.Of(outcome);
        }
        catch (InvalidDataException exception)
        {
            return ExitCode.Mistake(console, exception.Message);
        }
    }

    /// <summary>The command that runs one seed alone.</summary>
    private static string Command(RunSettings settings, string seed)
    {
        TrainingOptions training = settings.Training;
        string Numbers(ValueArray<int> values) => string.Join(',', values);
        return FormattableString.Invariant($"adapter-train train --steps {training.Steps} --batch {training.BatchSize} --channels {Numbers(settings.Channels)} --alpha {settings.Alpha}")
            + FormattableString.Invariant($" --lambda {training.Lambda} --cost {training.Cost.ToString().ToLowerInvariant()} --learning-rate {training.LearningRate}")
            + (training.Augment ? "" : " --no-augmentation") + (training.AllOpen ? " --all-open" : "") + (settings.WithMultiHead ? " --multi-head" : "")
            + (FrontEndNames.Of(settings.FrontEnd) is var frontEnd && frontEnd == FrontEndNames.Integer ? "" : " --front-end " + frontEnd)
            + FormattableString.Invariant($" --weight-bits {Numbers(settings.Quantisation.WeightBits)} --activation-bits {settings.Quantisation.ActivationBits}")
            + FormattableString.Invariant($" --threads {TorchSharp.torch.get_num_threads()} --seed {seed}");
    }
}
