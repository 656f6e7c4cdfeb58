using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>verify</c>: models of the corpus on all of its test slices, by the trainer's integers, the interpreter and the generated code.</summary>
internal static class VerifyCommand
{
    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("verify", "Compares the trainer's integers, the interpreter and the generated code on every test slice of the corpus, logit by logit, and the accuracy with what the file says.");
        var models = new Argument<string[]>("models") { Description = "model files, *.adapter", Arity = ArgumentArity.OneOrMore };
        var corpus = new Option<string>("--corpus") { Description = "the corpus, from 'adapter-train data prepare'", DefaultValueFactory = _ => EightTaskCorpus.DefaultFolder };
        var page = new Option<string?>("--page") { Description = "also write the table to this page" };
        command.Add(models);
        command.Add(corpus);
        command.Add(page);
        command.SetAction(parsed =>
        {
            try
            {
                return Run(console, parsed.GetValue(models)!, parsed.GetValue(corpus)!, parsed.GetValue(page));
            }
            catch (InvalidDataException exception)
            {
                return ExitCode.Mistake(console, exception.Message);
            }
        });
        return command;
    }

    private static int Run(RunConsole console, IReadOnlyList<string> models, string corpus, string? page)
    {
        var lines = new List<string>();
        bool holds = true;
        foreach (string path in models)
        {
            if (EvaluateCommand.Read(console, path) is not { } model)
                return ProgramExit.Mistake;
            TaskData[] tasks = [.. model.Tasks.Select(task => CodeStore.Load(corpus, task.Name, model.FrontEnd, model.Input, console))];
            if (model.Tasks.Zip(tasks).FirstOrDefault(pair => !pair.First.Labels.SequenceEqual(pair.Second.Labels, StringComparer.Ordinal)).First is { } other)
                return ExitCode.Mistake(console, $"{path}: the task '{other.Name}' has other classes than the corpus in {corpus}, so it was not trained on it. Verify models of 'adapter-train experiment'.");
            console.Line("Compile", path);
            (Deployment? deployment, IReadOnlyList<string> errors) = Deployment.Compile(ModelWriter.Write(model), Path.GetFileName(path), "Verified", DeviceNames.Default);
            if (deployment is null)
                return ExitCode.Mistake(console, string.Join(Environment.NewLine, errors));
            var found = ModelVerification.Run(model, deployment, tasks, console);
            bool own = found.Holds([.. tasks.Select(task => task.Test.Count)]);
            holds &= own;
            console.Raw($"{path}: {TextTable.Number(found.Equal)} of {TextTable.Number(found.Slices)} test slices equal, {TextTable.Number(found.Logits)} logits, in {deployment.Parts.Count} {(deployment.Parts.Count == 1 ? "assembly" : "assemblies")}");
            foreach ((string text, int k) in tasks.Select((task, k) => (Accuracy(task, found, k), k)))
                console.Raw("  " + text);
            lines.Add(Row(path, model, deployment, found, tasks, own));
        }

        if (page is not null)
            File.WriteAllText(page, Page(lines));
        return holds ? ProgramExit.Done : ExitCode.Mistake(console, "not everything agrees, which is a mistake in AdapterCompiler or a file that was changed by hand: please report it with the model");
    }

    private static string Accuracy(TaskData task, ModelVerification found, int k) => string.Create(
        CultureInfo.InvariantCulture,
        $"{task.Name}: {found.Right[k]} of {task.Test.Count} right{(found.Said[k] is { } said ? said == (found.Right[k], task.Test.Count) ? ", as the file says" : $", and the file says {said.Right} of {said.Slices}" : ", of which the file says nothing")}");

    private static string Row(string path, ModelArtifact model, Deployment deployment, ModelVerification found, TaskData[] tasks, bool holds) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {model.Name}, {Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))} | {tasks.Length} | {deployment.Parts.Count} | {TextTable.Number(found.Slices)} | {TextTable.Number(found.Logits)} | {TextTable.Number(found.Equal)} | {found.Right.Zip(tasks, (right, task) => (double)right / task.Test.Count).Average():F3} | {(holds ? "yes" : "**no**")} |");

    private static string Page(IEnumerable<string> rows) => string.Join('\n',
    [
        "# Three times the same",
        "",
        "Written by `adapter-train verify --page`; a new run overwrites it. Every test slice of the eight tasks' corpus, all tasks of the model switched on: interpreter and generated code (compiled and run here) on every logit of every task, and the trainer's integer forward pass on those of the task that the slice is of. Equal",
        "counts the slices on which all three agree; accuracy is the generated code's, the mean over the tasks, and the last column says whether each task's number of right answers is the one that the model file states.",
        "",
        "| model | tasks | assemblies | test slices | logits | equal | accuracy | as the file says |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
        .. rows,
        "",
        $"Commit {BuildCommit.Text}.",
        "",
    ]);
}
