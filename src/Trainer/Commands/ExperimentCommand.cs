using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data.EightTasks;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>experiment</c>: the runs that a file describes.</summary>
internal static class ExperimentCommand
{
    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("experiment", "Runs what an experiment file describes and is not done yet: docs/experiments/README.md.");
        var file = new Argument<string>("file") { Description = "the experiment, such as docs/experiments/paper.json" };
        var corpus = new Option<string>("--corpus") { Description = "the corpus, from 'adapter-train data prepare'", DefaultValueFactory = _ => EightTaskCorpus.DefaultFolder };
        var output = new Option<string?>("--output", "-o") { Description = "a folder per run goes here; out/NAME unless given" };
        var results = new Option<string?>("--results") { Description = "committed numbers of runs; docs/results/NAME unless given" };
        var only = new Option<string[]>("--only") { Description = "runs whose name begins so, in the order given; all unless given", DefaultValueFactory = _ => [] };
        var list = new Option<bool>("--list") { Description = "say what is done and what is not, and run nothing" };
        var threads = new Option<int>(CommonOptions.ThreadsOption) { Description = "threads of Torch", DefaultValueFactory = _ => 1 };
        foreach (Option option in (Option[])[corpus, output, results, only, list, threads])
            command.Add(option);
        command.Add(file);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!, name = Path.GetFileNameWithoutExtension(path);
            TorchSharp.torch.set_num_threads(System.Math.Max(1, parsed.GetValue(threads)));
            return Run(path, parsed.GetValue(corpus)!, parsed.GetValue(output) ?? Path.Combine("out", name), parsed.GetValue(results) ?? Path.Combine("docs", "results", name), parsed.GetValue(only)!, parsed.GetValue(list), console);
        });
        return command;
    }

    private static int Run(string path, string corpus, string output, string results, string[] only, bool isList, RunConsole console)
    {
        try
        {
            var file = ExperimentFile.Read(path);
            IReadOnlyList<PlannedRun> all = file.Runs();
            PlannedRun[] chosen = only.Length == 0 ? [.. all] : [.. only.SelectMany(start => all.Where(run => run.Name.StartsWith(start, System.StringComparison.Ordinal))).Distinct()];
            if (chosen.Length == 0)
                return ExitCode.Usage(console, $"--only {string.Join(' ', only)} begins no run's name; they are {string.Join(", ", all.Select(run => run.Name))}.");
            var runs = new ExperimentRuns(chosen, FrontEnd.DefaultInput, (run, task) => CodeStore.Load(corpus, task, run.FrontEnd, FrontEnd.DefaultInput, console), output, results, console);
            if (isList)
                return List(runs, chosen, console);
            return ExitCode.Of(runs.Run());
        }
        catch (InvalidDataException exception)
        {
            return ExitCode.Mistake(console, exception.Message);
        }
    }

    private static int List(ExperimentRuns runs, IReadOnlyList<PlannedRun> chosen, RunConsole console)
    {
        foreach (PlannedRun run in chosen)
            console.Raw($"{(runs.Done(run) is null ? "to do" : "done ")}  {run.Name}");
        return ProgramExit.Done;
    }
}
