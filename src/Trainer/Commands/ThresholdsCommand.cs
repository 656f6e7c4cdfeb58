using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Detection;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>thresholds</c>: which decisions are detections, chosen on recordings for a wanted rate of false alarms and written into a model file.</summary>
internal sealed class ThresholdsCommand
{
    private readonly RunConsole console;
    private readonly Argument<string> model = new("model") { Description = "model file, *.adapter" };
    private readonly Argument<string> data = new("dir") { Description = "DIR/<task>/val/<class>/*.wav (flac, ogg, mp3 …), of every class; one that the model does not know is background; other splits than that of --split are not looked at" };
    private readonly Option<string> output = new("--output", "-o") { Description = "the model file with thresholds; a figure per task lies beside it", Required = true };
    private readonly Option<string> split = new("--split") { Description = "which recordings, as the folder is called: train, val or test", DefaultValueFactory = _ => "val" };
    private readonly Option<double> falseAlarms = new("--false-alarms") { Description = "false alarms of a class an hour at most", DefaultValueFactory = _ => 1 };
    private readonly Option<int> hop = new("--hop") { Description = "frames from one decision to the next, as the firmware's Hop; 0 is half a window", DefaultValueFactory = _ => 0 };
    private readonly Option<int> smoothing = new("--smoothing") { Description = "decisions whose logits are added", DefaultValueFactory = _ => 2 };
    private readonly Option<int> refractory = new("--refractory") { Description = "decisions after a detection without another", DefaultValueFactory = _ => 2 };
    private readonly Option<string[]> never = new("--never") { Description = "a class that is never detected, such as none" };

    private ThresholdsCommand(Command command, RunConsole console)
    {
        this.console = console;
        split.AcceptOnlyFromAmong("train", "val", "test");
        foreach (Argument<string> argument in (Argument<string>[])[model, data])
            command.Add(argument);
        foreach (Option option in (Option[])[output, split, falseAlarms, hop, smoothing, refractory, never])
            command.Add(option);
        command.SetAction(Run);
    }

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("thresholds", "Chooses on recordings which decisions of a model are detections, for a wanted rate of false alarms, and writes that into a model file.");
        _ = new ThresholdsCommand(command, console);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (Problem(parsed) is { } problem)
            return ExitCode.Usage(console, problem);
        string path = parsed.GetValue(model)!, to = parsed.GetValue(output)!;
        if (EvaluateCommand.Read(console, path) is not { } read)
            return ProgramExit.Mistake;
        FolderTree tree = FolderTree.ScanSplit(parsed.GetValue(data)!, parsed.GetValue(split)!);
        foreach (FolderError error in tree.Errors)
            console.Error(error.Path + ": " + error.Message);
        if (tree.Errors.Count > 0)
            return ProgramExit.Mistake;
        if (tree.Tasks.FirstOrDefault(task => read.Tasks.All(each => each.Name != task.Name)) is { } strange)
            return ExitCode.Mistake(console, $"'{strange.Name}' is not a task of {path}.{Diagnostics.Suggestion.For(strange.Name, read.Tasks.Select(each => each.Name))} Tasks: {string.Join(", ", read.Tasks.Select(each => each.Name))}.");
        if (Never(parsed).FirstOrDefault(label => !read.Tasks.Any(task => task.Labels.Contains(label, StringComparer.Ordinal))) is { } unknown)
            return ExitCode.Mistake(console, $"--never is '{unknown}', which is no class of {path}.");

        TaskArtifact[] tasks = [.. read.Tasks];
        foreach (FolderTask task in tree.Tasks)
        {
            int number = Array.FindIndex(tasks, each => each.Name == task.Name);
            List<HeardRecording> heard = Hear(read, number, parsed, [.. tree.Files.Where(file => file.Task == task.Name)]);
            if (heard.Count == 0)
                return ExitCode.Mistake(console, $"task '{task.Name}' has no recordings in {parsed.GetValue(split)}; thresholds need some of every class, and the more of others the better.");
            tasks[number] = Choose(parsed, tasks[number], heard, Path.ChangeExtension(to, null) + "-" + task.Name + ".svg");
        }

        string text = ModelWriter.Write(read with { Tasks = tasks.ToValueArray() });
        try
        {
            WholeFile.Write(to, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ExitCode.Mistake(console, $"{to} cannot be written: {exception.Message}");
        }

        console.Line("Written", to);
        return ProgramExit.Done;
    }

    private string? Problem(ParseResult parsed) => (parsed.GetValue(falseAlarms), parsed.GetValue(hop), parsed.GetValue(smoothing), parsed.GetValue(refractory)) switch
    {
        ( < 0 or double.NaN, _, _, _) => FormattableString.Invariant($"--false-alarms is {parsed.GetValue(falseAlarms)}; it is a rate an hour, 0 or more."),
        (_, < 0, _, _) => FormattableString.Invariant($"--hop is {parsed.GetValue(hop)}; it is a number of frames, or 0."),
        (_, _, < 1 or > DetectionRule.MostSmoothing, _) => FormattableString.Invariant($"--smoothing is {parsed.GetValue(smoothing)}; 1 to {DetectionRule.MostSmoothing} are possible."),
        (_, _, _, < 0 or > DetectionRule.MostRefractory) => FormattableString.Invariant($"--refractory is {parsed.GetValue(refractory)}; 0 to {DetectionRule.MostRefractory} are possible."),
        _ => null,
    };

    private string[] Never(ParseResult parsed) => parsed.GetValue(never) ?? [];

    private List<HeardRecording> Hear(ModelArtifact read, int number, ParseResult parsed, FolderFile[] files) => console.Working("Hearing", "files", report =>
    {
        int every = parsed.GetValue(hop) > 0 ? parsed.GetValue(hop) : Math.Max(1, read.Input.Frames / 2);
        var decisions = new RecordingDecisions(read, number, every);
        var heard = new List<HeardRecording>();
        for (int i = 0; i < files.Length; i++)
        {
            if (AudioReader.Read(files[i].Path) is AudioClip clip)
                heard.Add(new HeardRecording(read.Tasks[number].Labels.ToList().IndexOf(files[i].Class), clip.Seconds, decisions.Of(clip.Samples)));
            else
                console.Plain($"{files[i].Path}: skipped, it cannot be read");
            report?.Invoke(i + 1, files.Length);
        }

        return heard;
    });

    private TaskArtifact Choose(ParseResult parsed, TaskArtifact task, List<HeardRecording> heard, string figure)
    {
        IReadOnlyList<ClassThreshold> found = ThresholdSearch.Of(heard, task.Labels.Count, parsed.GetValue(smoothing), parsed.GetValue(refractory), parsed.GetValue(falseAlarms));
        var rule = new DetectionRule(
            parsed.GetValue(smoothing), parsed.GetValue(refractory), found.Select((each, c) => Never(parsed).Contains(task.Labels[c], StringComparer.Ordinal) ? DetectionRule.Never : each.Chosen.Threshold).ToValueArray());
        console.Raw(FormattableString.Invariant($"{task.Name}: {heard.Count} recordings, {heard.Sum(each => each.Seconds) / 60:F1} minutes"));
        List<IReadOnlyList<string>> rows = [["class", "threshold", "recordings", "missed", "false alarms an hour", "95 % at most"]];
        for (int c = 0; c < found.Count; c++)
        {
            ClassThreshold each = found[c];
            rows.Add(rule.Thresholds[c] < 0 ? [task.Labels[c], "never", "", "", "", ""] :
            [
                task.Labels[c], TextTable.Number(each.Chosen.Threshold), TextTable.Number(each.Recordings), TextTable.Number(each.Chosen.Missed),
                FormattableString.Invariant($"{each.PerHour:F1}"), FormattableString.Invariant($"{each.PerHourAtMost:F1}"),
            ]);
        }

        foreach (string line in TextTable.Align(rows))
            console.Raw("  " + line);
        DetectionFigure.Draw(figure, task.Name, task.Labels, found);
        console.Line("Figure", figure);
        return task with { Detection = rule };
    }
}
