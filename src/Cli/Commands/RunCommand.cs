using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc run</c>: sound files through the front end and the generated code, as a device would hear them.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Classifies sound files with the generated code, compiled and run here.");
        var model = new Argument<string>("model") { Description = "Model file, *.adapter." };
        var files = new Argument<string[]>("files") { Description = "Sound files: WAV, AIFF, Ogg Vorbis, MP3, raw G.722; others through ffmpeg.", Arity = ArgumentArity.OneOrMore };
        var tasks = new Option<string>("--tasks") { Description = "Tasks to run, separated by ';' or ',' [all].", DefaultValueFactory = _ => "" };
        var slices = new Option<bool>("--slices") { Description = "One line per slice instead of one per file." };
        command.Arguments.Add(model);
        command.Arguments.Add(files);
        command.Options.Add(tasks);
        command.Options.Add(slices);
        command.SetAction(parsed => Run(parsed.GetValue(model)!, parsed.GetValue(files)!, parsed.GetValue(tasks)!, parsed.GetValue(slices)));
        return command;
    }

    private static int Run(string path, string[] files, string tasks, bool eachSlice)
    {
        var options = new CompilationOptions("Model", "", System.IO.Path.GetFileName(path), ProjectDefaults.Tasks(tasks), DeviceLimits.Desktop);
        if (ModelFile.Load(path) is not { } model || model.Compile(options) is not { } result)
            return 1;
        if (model.Artifact.FrontEnd.SampleRate != AudioReader.SampleRate)
        {
            Console.Error.WriteLine($"adapterc: {path} hears {model.Artifact.FrontEnd.SampleRate} Hz, sound files are read at {AudioReader.SampleRate} Hz. Train at {AudioReader.SampleRate} Hz to run files here.");
            return 1;
        }

        var classifier = new SoundClassifier(model.Artifact, result.Program!.Network, HostedModel.Compile(result, options));
        int failed = 0;
        foreach (string file in files)
        {
            AudioResult read = AudioReader.Read(file);
            if (read is AudioClip { Warning: { } warning })
                Console.Error.WriteLine($"{file}: {warning}");
            switch (read)
            {
                case AudioFailure failure:
                    Console.Error.WriteLine($"{file}: skipped, {failure.Message}");
                    failed++;
                    break;
                case AudioClip clip when !classifier.Fits(clip):
                    Console.Error.WriteLine($"{file}: skipped, {clip.Seconds:0.000} s are too short: at least {classifier.LeastSeconds:0.000} s are needed");
                    failed++;
                    break;
                case AudioClip clip:
                    Print(file, classifier.Classify(clip), eachSlice);
                    break;
            }
        }

        return failed == 0 ? 0 : 1;
    }

    private static void Print(string file, IReadOnlyList<SliceResult> slices, bool eachSlice)
    {
        if (eachSlice)
        {
            foreach (SliceResult slice in slices)
                Console.WriteLine($"{file}  {slice.Second,7:0.000} s  " + string.Join("  ", slice.Tasks.Select(task => $"{task.Name}: \"{task.Labels[Inference.ArgMax(task.Logits)]}\"")));
            return;
        }

        // Over a file the logits add up: a slice that is sure counts for more than one that is not.
        var verdicts = slices[0].Tasks.Select((task, k) =>
        {
            long[] sums = [.. Enumerable.Range(0, task.Labels.Count).Select(c => slices.Sum(slice => (long)slice.Tasks[k].Logits[c]))];
            string label = task.Labels[Array.IndexOf(sums, sums.Max())];
            int agreeing = slices.Count(slice => task.Labels[Inference.ArgMax(slice.Tasks[k].Logits)] == label);
            return $"{task.Name}: \"{label}\" ({agreeing} of {slices.Count} slices)";
        });
        Console.WriteLine($"{file}  " + string.Join("  ", verdicts));
    }
}
