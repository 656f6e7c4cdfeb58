using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data.EightTasks;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>experiment</c>: the runs that a file describes, here or as jobs elsewhere.</summary>
internal sealed class ExperimentCommand
{
    private const string Slurm = "slurm", Kubernetes = "kubernetes";

    private readonly RunConsole console;
    private readonly Argument<string> file = new("file") { Description = "the experiment, such as docs/experiments/paper.json" };
    private readonly Option<string> corpus = new("--corpus") { Description = "the corpus, from 'adapter-train data prepare'", DefaultValueFactory = _ => EightTaskCorpus.DefaultFolder };
    private readonly Option<string?> output = new("--output", "-o") { Description = "a folder per run goes here; out/NAME unless given" };
    private readonly Option<string?> results = new("--results") { Description = "committed numbers of runs; docs/results/NAME unless given" };
    private readonly Option<string[]> only = new("--only") { Description = "runs of that name, or whose names begin so, in the order given; all unless given", DefaultValueFactory = _ => [] };
    private readonly Option<int?> job = new("--job") { Description = "only the run of this number, from 0, among them: what a job of an array runs" };
    private readonly Option<bool> list = new("--list") { Description = "say what is done and what is not, and run nothing" };
    private readonly Option<bool> recompile = new("--recompile") { Description = "compile the models of runs that are done again and renew their costs, and train nothing" };
    private readonly Option<bool> requantise = new("--requantise") { Description = "round the float networks of runs that are done again and renew what their integers get right and cost, and train nothing" };
    private readonly Option<string?> print = new("--print-jobs") { Description = "print jobs for slurm or kubernetes, and run nothing" };
    private readonly Option<string?> submit = new("--submit") { Description = "hand the jobs to slurm (sbatch), and run nothing here" };
    private readonly Option<string> image = new("--image") { Description = "container image with adapter-train, for kubernetes", DefaultValueFactory = _ => "adapter-train:latest" };
    private readonly Option<string> claim = new("--claim") { Description = "persistent volume claim with experiment, corpus and runs, for kubernetes", DefaultValueFactory = _ => "adapter-train" };
    private readonly Option<int> threads = new(CommonOptions.ThreadsOption) { Description = "threads of Torch", DefaultValueFactory = _ => 1 };

    private ExperimentCommand(RunConsole console)
    {
        this.console = console;
        print.AcceptOnlyFromAmong(Slurm, Kubernetes);
        submit.AcceptOnlyFromAmong(Slurm);
    }

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var own = new ExperimentCommand(console);
        var command = new Command("experiment", "Runs what an experiment file describes and is not done yet: docs/experiments/README.md.") { own.file };
        foreach (Option option in (Option[])[own.corpus, own.output, own.results, own.only, own.job, own.list, own.recompile, own.requantise, own.print, own.submit, own.image, own.claim, own.threads])
            command.Add(option);
        command.SetAction(parsed =>
        {
            try
            {
                return own.Run(parsed);
            }
            catch (InvalidDataException exception)
            {
                return ExitCode.Mistake(console, exception.Message);
            }
        });
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(file)!, name = Path.GetFileNameWithoutExtension(path), folder = parsed.GetValue(output) ?? Path.Combine("out", name);
        if (parsed.GetValue(threads) < 1)
            return ExitCode.Usage(console, $"--threads is {parsed.GetValue(threads)}; at least 1 is needed.");
        TorchSharp.torch.set_num_threads(parsed.GetValue(threads));
        IReadOnlyList<PlannedRun> all = ExperimentFile.Read(path).Runs();
        string[] starts = parsed.GetValue(only)!;
        PlannedRun[] chosen = starts.Length == 0 ? [.. all] : [.. starts.SelectMany(start => Named(all, start)).Distinct()];
        if (starts.FirstOrDefault(start => !Named(all, start).Any()) is { } none)
            return ExitCode.Usage(console, $"--only {none} begins no run's name; they are {string.Join(", ", all.Select(run => run.Name))}.");
        if (parsed.GetValue(job) is { } number)
        {
            if (number < 0 || number >= chosen.Length)
                return ExitCode.Usage(console, $"--job is {number}; there are {chosen.Length} runs, from 0.");
            chosen = [chosen[number]];
        }

        string from = parsed.GetValue(corpus)!;
        var runs = new ExperimentRuns(
            chosen, FrontEnd.DefaultInput, (run, task) => CodeStore.Load(from, task, run.FrontEnd, run.Input(FrontEnd.DefaultInput), console), folder, parsed.GetValue(results) ?? Path.Combine("docs", "results", name), console, all);
        if (parsed.GetValue(list))
            return List(runs, chosen);
        if (parsed.GetValue(recompile))
        {
            console.Line("Done", $"{runs.Recompile()} models compiled");
            return ProgramExit.Done;
        }

        if (parsed.GetValue(requantise))
        {
            if (runs.Requantise() is not { } rounded)
                return ExitCode.Of(RunOutcome.WrongConvolutions);
            console.Line("Done", $"{rounded} networks rounded");
            return ProgramExit.Done;
        }

        return (parsed.GetValue(print) ?? parsed.GetValue(submit)) is { } engine ? Jobs(parsed, runs, chosen, engine, name, folder) : ExitCode.Of(runs.Run());
    }

    private static IEnumerable<PlannedRun> Named(IReadOnlyList<PlannedRun> all, string start) =>
        all.Any(run => run.Name == start) ? all.Where(run => run.Name == start) : all.Where(run => run.Name.StartsWith(start, StringComparison.Ordinal));

    private int List(ExperimentRuns runs, IReadOnlyList<PlannedRun> chosen)
    {
        foreach (PlannedRun run in chosen)
            console.Raw($"{(runs.Done(run) is null ? "to do" : "done ")}  {run.Name}");
        return ProgramExit.Done;
    }

    private int Jobs(ParseResult parsed, ExperimentRuns runs, PlannedRun[] chosen, string engine, string name, string folder)
    {
        List<string> command = ["adapter-train", "experiment", parsed.GetValue(file)!, "--corpus", parsed.GetValue(corpus)!, "-o", folder];
        if (parsed.GetValue(results) is { } numbers)
            command.AddRange(["--results", numbers]);
        foreach (string start in parsed.GetValue(only)!)
            command.AddRange(["--only", start]);
        int[] missing = [.. chosen.Index().Where(run => runs.Done(run.Item) is null).Select(run => run.Index)];
        if (missing.Length == 0)
        {
            console.Raw("Every run is done.");
            return ProgramExit.Done;
        }

        string jobs = engine == Slurm ? JobScripts.Slurm(name, command, missing, folder) : JobScripts.Kubernetes(name, command, chosen.Length, parsed.GetValue(image)!, parsed.GetValue(claim)!);
        if (parsed.GetValue(submit) is null)
        {
            console.Raw(jobs.TrimEnd());
            return ProgramExit.Done;
        }

        Directory.CreateDirectory(folder);
        return Submit(jobs);
    }

    private int Submit(string script)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("sbatch") { RedirectStandardInput = true, UseShellExecute = false }) ?? throw new IOException("sbatch did not start");
            process.StandardInput.Write(script);
            process.StandardInput.Close();
            process.WaitForExit();
            return process.ExitCode == 0 ? ProgramExit.Done : ProgramExit.Mistake;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return ExitCode.Mistake(console, $"sbatch cannot be run ({exception.Message}): submit from a machine of the cluster, or see the script with --print-jobs slurm");
        }
    }
}
