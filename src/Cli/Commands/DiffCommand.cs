using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using AdapterCompiler.Cli.Comparison;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc diff</c>: what a retrained model changes and costs, for the one who reviews it.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var command = new Command("diff", "Compares two models, or two revisions of one: accuracy, gates, weights, IL, RAM, parts and predicted time.");
        var old = new Argument<string>("old") { Description = "Model file; REVISION:FILE as git has it, from the repository's root, or REVISION:./FILE; or a git revision of the file behind --." };
        var now = new Argument<string>("new") { Description = "The same; of a revision and a file, the file is compared with its revision." };
        var path = new Argument<string?>("file") { Description = "With two revisions the file, as in: adapterc diff HEAD~1 HEAD -- Models/audio.adapter.", Arity = ArgumentArity.ZeroOrOne };
        var options = new ModelOptions();
        var format = new Option<string>("--format") { Description = "text, markdown (a pull request's comment) or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "markdown", "json");
        var failOn = new Option<string>("--fail-on")
        {
            Description = "What makes the exit code 1 (as a limit does that is named and passed; 2: wrong options, 5: nothing could be compared), such as \"il>+5%;accuracy<-0.01;ram>60000\": figures are " + string.Join(", ", FailCondition.Metrics) + ", of one task accuracy:TASK; a signed number is a change.",
            DefaultValueFactory = _ => "",
        };
        command.Arguments.Add(old);
        command.Arguments.Add(now);
        command.Arguments.Add(path);
        options.AddOptionsTo(command);
        options.AddSoundTo(command);
        command.Options.Add(format);
        command.Options.Add(failOn);
        command.SetAction(parsed =>
        {
            (ModelSource Old, ModelSource New) sources = ModelSource.Of(parsed.GetValue(old)!, parsed.GetValue(now)!, parsed.GetValue(path));
            return Run(sources, options.Read(parsed, sources.New.Path), parsed.GetValue(format)!, parsed.GetResult(failOn) is { Implicit: false } ? parsed.GetValue(failOn)! : null);
        });
        return command;
    }

    private static int Run((ModelSource Old, ModelSource New) sources, CompilationOptions options, string format, string? failOn)
    {
        (ValueArray<FailCondition> conditions, string? mistake) = FailCondition.Parse(failOn ?? "");
        if (failOn is not null && mistake is null && conditions.Count == 0)
            mistake = "it holds no condition, so nothing could ever fail. Write one, such as il>+5%, or leave the option out.";
        if (mistake is not null)
            return Misused("--fail-on: " + mistake);
        if (sources.Old.IsRevisionAlone && sources.New.IsRevisionAlone)
            return Misused($"'{sources.Old.Path}' and '{sources.New.Path}' are no files. Of two revisions say which file: adapterc diff {sources.Old.Path} {sources.New.Path} -- Models/audio.adapter");
        // Both are read before either is compiled: a wrong name is said at once.
        if (sources.Old.Read() is not { } old || sources.New.Read() is not { } now)
            return ProgramExit.NotCompared;
        string[] tasks = [.. now.Artifact.Tasks.Concat(old.Artifact.Tasks).Select(task => task.Name).Distinct(StringComparer.Ordinal)];
        if (options.Tasks.FirstOrDefault(task => !tasks.Contains(task, StringComparer.Ordinal)) is { } unknown)
            return Misused(DiagnosticCatalogue.UnknownTask.At(default, unknown, "either model", Suggestion.For(unknown, tasks), string.Join(", ", tasks)).Message, $"error {DiagnosticCatalogue.UnknownTask.Id}: ");
        if (conditions.Select(condition => condition.MistakeFor(tasks, options.Tasks)).FirstOrDefault(wrong => wrong is not null) is { } misplaced)
            return Misused("--fail-on: " + misplaced);
        if (Report(sources.Old, old, options, now) is not { } before || Report(sources.New, now, options, old) is not { } after)
            return ProgramExit.NotCompared;
        ModelComparison comparison = ComparisonBuilder.Build(before, after, options.Tasks);
        IEnumerable<string> unbuilt = (conditions.Count > 0 || ModelReport.NamesLimit(options)) && !comparison.New.IsBuilt ? [$"{comparison.New.Name} {ModelReport.Unbuilt(comparison.Device, options)}"] : [];
        string[] failures = [.. unbuilt, .. conditions.SelectMany(condition => condition.Against(comparison))];
        if (format == "json")
        {
            Console.Write(ComparisonJson.Write(comparison, failures));
        }
        else
        {
            foreach (string line in format == "markdown" ? ComparisonText.Markdown(comparison, failures) : ComparisonText.Lines(comparison, failures))
                Console.WriteLine(line);
        }

        // Where the output goes to a file, the log says what failed.
        foreach (string failure in failures.Where(_ => Console.IsOutputRedirected))
            Console.Error.WriteLine("adapterc: " + failure);
        return failures.Length == 0 ? ProgramExit.Done : ProgramExit.Mistake;
    }

    private static int Misused(string mistake, string kind = "")
    {
        Console.Error.WriteLine($"adapterc: {kind}{mistake}");
        return ProgramExit.Usage;
    }

    // A task that was chosen may be in one of the models only.
    private static ReportedModel? Report(ModelSource source, ModelFile file, CompilationOptions options, ModelFile other)
    {
        string[] known = [.. file.Artifact.Tasks.Select(task => task.Name)];
        ValueArray<string> here = options.Tasks.Where(task => known.Contains(task, StringComparer.Ordinal) || other.Artifact.Tasks.All(each => each.Name != task)).ToValueArray();
        if (options.Tasks.Count > 0 && here.Count == 0)
        {
            Console.Error.WriteLine($"adapterc: {source.Name} has none of the tasks {string.Join(", ", options.Tasks)}. Its tasks: {string.Join(", ", known)}.");
            return null;
        }

        return ModelReport.Of(file with { Path = source.Name }, options with { SourceName = source.Name, Tasks = here }, board: null) is { } made ? new ReportedModel(source.Name, file, made.Report) : null;
    }
}
