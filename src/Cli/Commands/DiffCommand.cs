using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using AdapterCompiler.Cli.Comparison;
using AdapterCompiler.Compilation;
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
            Description = "What makes the exit code 1 (5: nothing could be compared), such as \"il>+5%;accuracy<-0.01;ram>60000\": figures are " + string.Join(", ", FailCondition.Metrics) + ", of one task accuracy:TASK; a signed number is a change.",
            DefaultValueFactory = _ => "",
        };
        command.Arguments.Add(old);
        command.Arguments.Add(now);
        command.Arguments.Add(path);
        options.AddOptionsTo(command);
        command.Options.Add(format);
        command.Options.Add(failOn);
        command.SetAction(parsed => Run(
            ModelSource.Of(parsed.GetValue(old)!, parsed.GetValue(now)!, parsed.GetValue(path)), model => options.Read(parsed, model), parsed.GetValue(format)!, parsed.GetResult(failOn) is { Implicit: false } ? parsed.GetValue(failOn)! : null));
        return command;
    }

    private static int Run((ModelSource Old, ModelSource New) sources, Func<string, CompilationOptions> read, string format, string? failOn)
    {
        (ValueArray<FailCondition> conditions, string? mistake) = FailCondition.Parse(failOn ?? "");
        if (failOn is not null && mistake is null && conditions.Count == 0)
            mistake = "it holds no condition, so nothing could ever fail. Write one, such as il>+5%, or leave the option out.";
        if (mistake is not null)
        {
            Console.Error.WriteLine("adapterc: --fail-on: " + mistake);
            return ProgramExit.Usage;
        }

        if (sources.Old.IsRevisionAlone && sources.New.IsRevisionAlone)
        {
            Console.Error.WriteLine($"adapterc: '{sources.Old.Path}' and '{sources.New.Path}' are no files. Of two revisions say which file: adapterc diff {sources.Old.Path} {sources.New.Path} -- Models/audio.adapter");
            return ProgramExit.Usage;
        }

        // Both are read before either is compiled: a wrong name is said at once.
        CompilationOptions options = read(sources.New.Path);
        if (sources.Old.Read() is not { } old || sources.New.Read() is not { } now)
            return ProgramExit.NotCompared;
        if (Report(sources.Old, old, options, now) is not { } before || Report(sources.New, now, options, old) is not { } after)
            return ProgramExit.NotCompared;
        ModelComparison comparison = ComparisonBuilder.Build(before, after, options.Tasks);
        IEnumerable<string> unbuilt = conditions.Count > 0 && !comparison.New.IsBuilt ? [$"{comparison.New.Name} is over the limits of {comparison.Device.Name} in any number of parts: nothing builds it."] : [];
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
