using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Targets;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc run</c>: sound files through the front end and the generated code, as a device would hear them.</summary>
internal static class RunCommand
{
    /// <summary>Files of so many slices, about five seconds, are told in one line unless more is asked for.</summary>
    private const int FewSlices = 10;

    public static Command Create()
    {
        var command = new Command("run", "Classifies sound files with the generated code, compiled and run here.");
        var model = new Argument<string>("model") { Description = "Model file, *.adapter." };
        var files = new Argument<string[]>("files") { Description = "Sound files: WAV, AIFF, Ogg Vorbis, MP3, raw G.722; others through ffmpeg.", Arity = ArgumentArity.OneOrMore };
        var tasks = new Option<string>("--tasks") { Description = "Tasks to run, separated by ';' or ',' [all].", DefaultValueFactory = _ => "" };
        var slices = new Option<bool>("--slices") { Description = "One line per slice instead of one per file." };
        var segments = new Option<bool>("--segments") { Description = "One line per stretch in which a task's answer stays the same, above the file's line; always for files of more than a few seconds." };
        var hop = new Option<int?>("--hop") { Description = "Frames from one slice to the next, as the project's Hop: detections depend on it [half a window]." };
        var csv = new Option<string?>("--csv") { Description = "File for the timeline of all sounds as a table: file, from, to (seconds), task, label (empty where unsure), score, likely (the label with this score, sure or not). Detections are rows of the task \"NAME detection\", without a score." };
        var audacity = new Option<string?>("--audacity") { Description = "Folder for label tracks that Audacity imports, one a sound and task, and one for its detections." };
        var logits = new Option<string?>("--logits") { Description = "File for the logits of every slice as a table: file, from (seconds), task, label, logit." };
        var gain = new Option<int>("--gain") { Description = $"How often samples are doubled before they are heard, 0 to {SoundKernels.MostGain}, held to 16 bits as Push does [0]." };
        command.Arguments.Add(model);
        command.Arguments.Add(files);
        command.Options.Add(tasks);
        command.Options.Add(slices);
        command.Options.Add(segments);
        command.Options.Add(hop);
        command.Options.Add(csv);
        command.Options.Add(audacity);
        command.Options.Add(logits);
        command.Options.Add(gain);
        command.SetAction(parsed =>
        {
            string[] sounds = parsed.GetValue(files)!;
            string? folder = parsed.GetValue(audacity);
            if (folder is not null && TimelineFiles.SameNames(sounds).FirstOrDefault() is { } same)
            {
                Console.Error.WriteLine($"adapterc: several of the sounds are named {same}; their label tracks would be written over each other. Give them apart, each with its own --audacity folder.");
                return ProgramExit.Usage;
            }

            if (parsed.GetValue(gain) is < 0 or > SoundKernels.MostGain)
            {
                Console.Error.WriteLine($"adapterc: --gain {parsed.GetValue(gain)}: samples can be doubled 0 to {SoundKernels.MostGain} times, as Push can. For a microphone that is quieter the item's Gain goes further.");
                return ProgramExit.Usage;
            }

            if (TimelineFiles.Problem([parsed.GetValue(model)!, .. sounds], parsed.GetValue(csv), folder, parsed.GetValue(logits)) is { } problem)
            {
                Console.Error.WriteLine("adapterc: " + problem);
                return ProgramExit.Usage;
            }

            try
            {
                return Run(
                    parsed.GetValue(model)!, sounds, parsed.GetValue(tasks)!, parsed.GetValue(slices), parsed.GetValue(segments), parsed.GetValue(hop), parsed.GetValue(gain),
                    () => new TimelineFiles(parsed.GetValue(csv), folder, parsed.GetValue(logits)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"adapterc: the timeline cannot be written: {exception.Message} Choose another place with --csv, --audacity or --logits.");
                return ProgramExit.Mistake;
            }
        });
        return command;
    }

    private static int Run(string path, string[] files, string tasks, bool eachSlice, bool eachSegment, int? hop, int gain, Func<TimelineFiles> begin)
    {
        var options = new CompilationOptions("Model", "", Path.GetFileName(path), ProjectDefaults.Tasks(tasks), DeviceLimits.Desktop);
        if (ModelFile.Load(path) is not { } model || model.Compile(options) is not { } result)
            return ProgramExit.Mistake;
        if (model.Artifact.FrontEnd.SampleRate != AudioReader.SampleRate)
        {
            Console.Error.WriteLine($"adapterc: {path} hears {model.Artifact.FrontEnd.SampleRate} Hz, sound files are read at {AudioReader.SampleRate} Hz. Train at {AudioReader.SampleRate} Hz to run files here.");
            return ProgramExit.Mistake;
        }

        if (HopProblem(model.Artifact, hop) is { } problem)
        {
            Console.Error.WriteLine($"adapterc: --hop {hop}: {problem}");
            return ProgramExit.Usage;
        }

        var classifier = new SoundClassifier(model.Artifact, result.Program!.Network, HostedModel.Compile(result, options), hop ?? 0, gain);
        foreach (string warning in TaskVerdict.Warnings(classifier.Tasks))
            Console.Error.WriteLine($"{path}: warning: {warning}");

        // Files of an earlier run stay as they are until this one can do its work.
        using TimelineFiles timeline = begin();
        int failed = files.Count(file => !Classify(classifier, file, eachSlice, eachSegment, timeline));
        return failed == 0 ? ProgramExit.Done : ProgramExit.Mistake;
    }

    private static string? HopProblem(ModelArtifact model, int? hop)
    {
        int most = Math.Min(model.Input.Frames, new SliceLayout(model.FrontEnd, model.Input).SampleCount / model.FrontEnd.HopLength);
        return hop < 1 || hop > most ? $"from one slice to the next there are 1 to {most} frames, a window of the model; without --hop it is half a window"
            : model.FrontEnd is IntegerMelSpec && hop % 2 == 1 ? "the integer front end hears two frames at a time: give an even number, as a device needs"
            : null;
    }

    /// <summary>One file, piece by piece: memory does not grow with its length.</summary>
    /// <returns>False where it was skipped, which was said.</returns>
    private static bool Classify(SoundClassifier classifier, string file, bool eachSlice, bool eachSegment, TimelineFiles timeline)
    {
        TaskVerdict[] verdicts = [.. classifier.Tasks.Select(task => new TaskVerdict(task))];
        // Lines of a file's first segments wait until it is known to be long enough to have any.
        var waiting = new List<string>();
        int slices = 0;
        foreach (TaskArtifact task in classifier.Tasks.Where(task => task.Detection is not null))
            timeline.BeginDetections(file, task.Name);
        SlidingWindow window = classifier.Listen(slice =>
        {
            if (eachSlice)
                Console.WriteLine($"{file}  {Time(slice.Second),7} s  " + string.Join("  ", verdicts.Select((verdict, k) => verdict.Answer(slice.Scores[k]))));
            for (int k = 0; k < verdicts.Length; k++)
            {
                timeline.AddLogits(file, slice.Second, classifier.Tasks[k], slice.Logits[k]);
                if (verdicts[k].Add(slice.Second, slice.Scores[k]) is { } ended)
                    waiting.Add(Line(verdicts[k], ended, slice.Second));
                if (slice.Detected[k] >= 0)
                    Tell(verdicts[k], slice.Second, slice.Detected[k]);
            }

            if (++slices > FewSlices || eachSegment)
                Flush();
        });
        AudioResult read = AudioReader.Read(file, window.Push);
        if (read is AudioFailure failure)
        {
            Console.Error.WriteLine($"{file}: skipped, {failure.Message}");
            return false;
        }

        var sound = (AudioPassed)read;
        if (sound.Warning is { } warning)
            Console.Error.WriteLine($"{file}: {warning}");
        if (sound.Seconds < classifier.LeastSeconds)
        {
            Console.Error.WriteLine($"{file}: skipped, {Time(sound.Seconds)} s are too short: at least {Time(classifier.LeastSeconds)} s are needed");
            return false;
        }

        window.Finish();
        waiting.AddRange(verdicts.Select(verdict => Line(verdict, verdict.End()!, sound.Seconds)));
        timeline.EndSound();
        if (slices > FewSlices || eachSegment)
            Flush();
        if (!eachSlice)
            Console.WriteLine($"{file}  " + string.Join("  ", verdicts.Select(verdict => verdict.Headline())));
        return true;

        // What a device says, and when it can: whatever else is asked for, and at once.
        void Tell(TaskVerdict verdict, double from, int detected)
        {
            double at = from + classifier.SliceSeconds;
            if (slices > FewSlices || eachSegment)
                Flush();
            Console.WriteLine($"{file}  {Time(at),7} s  {verdict.Detect(detected)}");
            timeline.AddDetection(file, verdict.Task, verdict.Label(detected)!, from, at);
        }

        void Flush()
        {
            if (!eachSlice)
                waiting.ForEach(Console.WriteLine);
            waiting.Clear();
        }

        string Line(TaskVerdict verdict, Segment segment, double to)
        {
            timeline.Add(file, verdict.Task, verdict.Label(segment.Class), verdict.Label(segment.Likely)!, segment, to);
            return $"{file}  {Time(segment.From)}-{Time(to)} s  {verdict.Answer(segment)}";
        }
    }

    private static string Time(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
