using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using AdapterCompiler.Trainer.Data.Originals;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>data</c>: makes and checks the corpus of the paper's eight tasks.</summary>
internal static class DataCommand
{
    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("data", "The corpus of the paper's eight tasks: docs/data.md.");
        var folder = new Option<string>("--corpus") { Description = "where it is", DefaultValueFactory = _ => EightTaskCorpus.DefaultFolder };
        var seed = new Option<int>("--seed") { Description = "of every choice and every mixture", DefaultValueFactory = _ => 1 };
        var prepare = new Command("prepare", "Installs Debian's packages, decodes, renders, mixes and splits; goes on where it was interrupted.") { folder, seed };
        prepare.SetAction(parsed => Prepare(parsed.GetValue(folder)!, parsed.GetValue(seed), console));
        var check = new Command("check", "Hashes, counts, silence and leaks of the corpus.") { folder };
        check.SetAction(parsed => Check(parsed.GetValue(folder)!, console));
        var set = new Argument<string>("set") { Description = string.Join(", ", OriginalSet.All.Select(each => each.Name)) };
        set.AcceptOnlyFromAmong([.. OriginalSet.All.Select(each => each.Name)]);
        var from = new Argument<string>("folder") { Description = "where the set is, as its authors packed it" };
        var import = new Command("import", "Makes a task of the corpus from one of the paper's own data sets: docs/data.md.") { set, from, folder };
        import.SetAction(parsed => Import(OriginalSet.All.First(each => each.Name == parsed.GetValue(set)), parsed.GetValue(from)!, parsed.GetValue(folder)!, console));
        command.Add(prepare);
        command.Add(import);
        command.Add(check);
        return command;
    }

    private static int Prepare(string folder, int seed, RunConsole console)
    {
        using RunFolder? own = RunFolder.Take(folder, out string? taken);
        if (own is null)
            return ExitCode.Mistake(console, taken!);
        var packages = new DebianPackages(text => console.Line("Packages", text), "the eight-task corpus", CorpusPackages.Size);
        try
        {
            if (EightTaskCorpus.Prepare(folder, seed, packages, new DebianRenderer(Path.Combine(folder, "work")), console) is { } problem)
                return ExitCode.Mistake(console, problem);
        }
        catch (InvalidDataException exception)
        {
            return ExitCode.Mistake(console, exception.Message);
        }

        console.Raw($"Next:  adapter-train data check --corpus {folder}");
        return ProgramExit.Done;
    }

    private static int Import(OriginalSet set, string from, string folder, RunConsole console)
    {
        using RunFolder? own = RunFolder.Take(folder, out string? taken);
        if (own is null)
            return ExitCode.Mistake(console, taken!);
        try
        {
            foreach (string task in set.Tasks)
            {
                TaskPlan plan = set.Plan(new SetFolder(from, set.Layout), task);
                SliceManifest made = console.Working(task, "recordings", report => TaskMaker.Make(plan, 1, folder, report));
                console.Line(task, EightTaskCorpus.Describe(made));
                foreach (FolderSplit split in Enum.GetValues<FolderSplit>())
                {
                    if (made.Slices.All(slice => slice.Split != split))
                        return ExitCode.Mistake(console, $"{from} has nothing for the {FolderTree.FolderOf(split)} split of '{task}'. Expected there: {set.Layout}");
                }
            }
        }
        catch (InvalidDataException exception)
        {
            return ExitCode.Mistake(console, exception.Message);
        }

        return ProgramExit.Done;
    }

    private static int Check(string folder, RunConsole console)
    {
        CorpusCheck check = CorpusCheck.Run(folder, console);
        foreach (string line in check.Table)
            console.Raw(line);
        foreach (string problem in check.Problems)
            console.Error(problem);
        return check.Problems.Count > 0 ? ProgramExit.Mistake : ProgramExit.Done;
    }
}
