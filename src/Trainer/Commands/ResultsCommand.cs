using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Reporting.Paper;
using AdapterCompiler.Trainer.Training;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>results</c>: an experiment's page and figures from the committed numbers of its runs; neither corpus nor training is needed.</summary>
internal static class ResultsCommand
{
    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("results", "Writes an experiment's tables and figures from the numbers of its runs.");
        var file = new Argument<string>("file") { Description = "the experiment, such as docs/experiments/paper.json" };
        var results = new Option<string?>("--results") { Description = "committed numbers of runs, and place of the figures; docs/results/NAME unless given" };
        var page = new Option<string?>("--page") { Description = "the page; docs/results/NAME.md unless given" };
        command.Add(file);
        command.Add(results);
        command.Add(page);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!, name = Path.GetFileNameWithoutExtension(path);
            string folder = parsed.GetValue(results) ?? Path.Combine("docs", "results", name);
            try
            {
                return Write(path, name, folder, parsed.GetValue(page) ?? Path.Combine("docs", "results", name + ".md"), console);
            }
            catch (InvalidDataException exception)
            {
                return ExitCode.Mistake(console, exception.Message);
            }
        });
        return command;
    }

    private static int Write(string path, string name, string folder, string page, RunConsole console)
    {
        var file = ExperimentFile.Read(path);
        IReadOnlyList<PlannedRun> planned = file.Runs();
        var runs = new ExperimentRuns(planned, Audio.FrontEnd.DefaultInput, (_, task) => throw new InvalidDataException(task), folder, folder, console);
        RunMetrics[] done = [.. planned.Select(runs.Done).OfType<RunMetrics>()];
        if (done.Length == 0)
            return ExitCode.Mistake(console, $"{folder} holds no numbers of a run of {path}; adapter-train experiment {path} puts them there");
        string from = Path.GetDirectoryName(Path.GetFullPath(page))!;
        Directory.CreateDirectory(from);
        bool isSmall = file.Rows.Any(row => row.Kind == RunKind.Compression);
        var small = new CompressionPage(name, file, done);
        (string File, string Title)[] figures = [.. (isSmall ? small.Draw(folder) : PaperFigures.Draw(folder, file, done))
            .Select(figure => (Path.GetRelativePath(from, Path.Combine(folder, figure.File)).Replace('\\', '/'), figure.Title))];
        WholeFile.Write(page, isSmall ? small.Markdown(figures) : new PaperPage(name, file, done).Markdown(figures));
        console.Raw($"{done.Length} of {planned.Count} runs. Next:  read {page}");
        return ProgramExit.Done;
    }
}
