using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Benchmarks.Counted;
using AdapterCompiler.Benchmarks.Desktop;
using AdapterCompiler.Benchmarks.FrontEnds;
using AdapterCompiler.Benchmarks.Hashes;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Benchmarks.Native;
using AdapterCompiler.Benchmarks.Output;
using AdapterCompiler.Benchmarks.Training;
using AdapterCompiler.Testing;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Benchmarks;

/// <summary>
/// No argument: measures everything and writes docs/results/kernels.md and kernels.json; a path writes them there. <c>--filter TEXT</c>
/// measures the cases whose name holds the text and writes nothing. <c>desktop</c> measures times with the JIT instead, <c>training</c> a
/// training step against what it was, <c>cliffs</c> what more assemblies bring; <c>models</c> writes the cases' model files;
/// <c>counted</c> writes docs/results/counted.md: today's table of costs against windows counted on the interpreter; <c>native</c> writes docs/results/native.md, the encoder beside the same encoder in C, or into a folder that C program; <c>executed</c> runs a
/// program and writes the IL that it executes into docs/results/executed.csv, so that its count can go into counted.csv; <c>hashes</c> keeps
/// the hashes of generated text and compares with them; <c>front-end</c> hears the real-sound corpus and writes docs/results/front-end.md, <c>real-time</c> writes docs/results/real-time.md,
/// <c>streaming</c> docs/results/streaming.md, <c>stream-hour</c> holds every decision of an hour of sound to its whole window and writes docs/results/stream-hour.md, <c>lanes</c> asks of trained models how many lanes their sums would fit, and writes docs/results/lanes.md.
/// </summary>
internal static class Program
{
    private const string Usage = "usage: benchmarks [docs/results/kernels.md] | --filter TEXT | desktop [docs/results/desktop.md] | training [docs/results/training-step.md]\n"
        + "    | cliffs [docs/results/cliffs.md] | models FOLDER | counted [docs/results/counted.md] | native [docs/results/native.md] | native FOLDER | executed ID CASE-OR-FILE PARTS\n"
        + "    | front-end [docs/results/front-end.md] | real-time [docs/results/real-time.md] | streaming [docs/results/streaming.md] | stream-hour [FOLDER] [SECONDS] | lanes MODEL…\n"
        + "    | hashes keep FILE [--models N] | hashes compare FILE [--models N] | hashes show PROGRAM";

    private static int Main(string[] args)
    {
        string? path = null;
        string filter = "";
        switch (args)
        {
            case []: path = Result("kernels.md"); break;
            case ["desktop"]: return DesktopRun.Write(Result("desktop.md"), Commit());
            case ["desktop", { } file]: return DesktopRun.Write(file, Commit());
            case ["training"]: return TrainingRun.Write(Result("training-step.md"), Commit());
            case ["training", { } file]: return TrainingRun.Write(file, Commit());
            case [StepWorker.Command, .. { } settings]: return StepWorker.Serve(settings);
            case ["cliffs"]: return Cliffs(Result("cliffs.md"));
            case ["cliffs", { } file]: return Cliffs(file);
            case ["models", { } folder]: return WriteModels(folder);
            case ["front-end"]: return FrontEndRun.Write(Result("front-end.md"), Corpus, Commit());
            case ["front-end", { } file]: return FrontEndRun.Write(file, Corpus, Commit());
            case ["real-time"]: return WriteRealTime(Result("real-time.md"));
            case ["real-time", { } file]: return WriteRealTime(file);
            case ["lanes", .. { Length: > 0 } files]: return LaneStudy.Write(Result("lanes.md"), files, Commit());
            case ["streaming"]: return WriteStreaming(Result("streaming.md"));
            case ["streaming", { } file]: return WriteStreaming(file);
            case ["stream-hour", .. { Length: <= 2 } rest] when Hour(rest) is var (folder, seconds): return StreamHour.Write(Result("stream-hour.md"), folder, Corpus, seconds, Commit());
            case ["native"]: return WriteNative(Result("native.md"));
            case ["native", { } folder] when !folder.EndsWith(".md", StringComparison.Ordinal):
                NativeEncoder.Write(folder);
                return 0;
            case ["native", { } file]: return WriteNative(file);
            case ["counted"]: return WriteCounted(Result("counted.md"));
            case ["counted", { } file]: return WriteCounted(file);
            case ["executed", { } id, { } model, { } parts] when int.TryParse(parts, NumberStyles.None, CultureInfo.InvariantCulture, out int count): return WriteExecuted(id, model, count);
            case ["hashes", "show", { } program]: return HashRun.Show(program);
            case ["hashes", "keep" or "compare", { } file, .. { } models] when Random(models) is { } random:
                return args[1] == "keep" ? HashRun.Keep(file, random) : HashRun.Compare(file, random);
            case ["--filter", { } text]: filter = text; break;
            case [{ } file] when !file.StartsWith('-'): path = file; break;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }

        BenchmarkCase[] cases = [.. BenchmarkCase.All().Where(each => each.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (cases.Length == 0)
        {
            Console.Error.WriteLine($"no case has '{filter}' in its name; cases are:\n" + string.Join('\n', BenchmarkCase.All().Select(each => each.Name)));
            return 2;
        }

        List<ModelResult> results = [.. cases.Select(Measure)];
        string note = KernelNote.Write(results, CountedWindow.Read(Result("")), Commit());
        Console.WriteLine(note);
        if (path is null)
            return 0;
        File.WriteAllText(path, note);
        File.WriteAllText(Path.ChangeExtension(path, ".json"), KernelJson.Write(results, Commit()));
        return 0;
    }

    private static int Cliffs(string path)
    {
        string note = CliffNote.Write([.. BenchmarkCase.All().Select(each => CliffMeter.Measure(each.Name, each.Text()))], Commit());
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return 0;
    }

    private static ModelResult Measure(BenchmarkCase benchmark)
    {
        long start = Stopwatch.GetTimestamp();
        ModelResult result = ModelMeter.Measure(benchmark);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{benchmark.Name}: {Markdown.Number(result.PerMac)} per multiply-accumulate, IL {result.IlBytes}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
        return result;
    }

    private static int WriteModels(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (BenchmarkCase benchmark in BenchmarkCase.All())
            File.WriteAllText(Path.Combine(folder, benchmark.FileName), benchmark.Text());
        return 0;
    }

    private static int WriteNative(string path)
    {
        string note = NativeNote.Write(NativeCount.Read(Result("")), [.. SparseEncoder.All()], Commit());
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return 0;
    }

    private static int WriteCounted(string path)
    {
        string note = CountedNote.Write(CountedWindow.Read(Result("")));
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return 0;
    }

    private static int WriteExecuted(string id, string model, int parts)
    {
        string text = BenchmarkCase.All().FirstOrDefault(each => each.Name == model)?.Text() ?? File.ReadAllText(model);
        Tally tally = DeviceMeter.Executed(model, text, parts);
        CountedWindow.WriteExecuted(Result(""), id, tally.Rows.Select(row => new ExecutedIl(row.Opcode, row.Executed)));
        Console.WriteLine(FormattableString.Invariant($"{id}: {tally.Executed} IL instructions, {tally.Weighted} weighted"));
        return 0;
    }

    // Null for anything but nothing or --models N.
    private static int? Random(string[] settings) => settings switch
    {
        [] => HashedModel.MostRandom,
        ["--models", { } number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= HashedModel.MostRandom => count,
        _ => null,
    };

    // A folder of recordings, and how many seconds are heard.
    private static (string? Folder, int Seconds) Hour(string[] settings)
    {
        int seconds = 3_600;
        string[] folders = [.. settings.Where(setting => !int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))];
        return (folders.FirstOrDefault(), Math.Max(1, seconds == 0 ? 3_600 : seconds));
    }

    private static int WriteRealTime(string path)
    {
        string note = RealTimeNote.Write(Directory.GetFiles(Path.Combine(Repository.Folder, "models"), "*.adapter").Order(StringComparer.Ordinal), Commit());
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return 0;
    }

    private static int WriteStreaming(string path)
    {
        string note = StreamNote.Write(Directory.GetFiles(Path.Combine(Repository.Folder, "models"), "*.adapter").Order(StringComparer.Ordinal), Commit());
        Console.WriteLine(note);
        File.WriteAllText(path, note);
        return 0;
    }

    private static string Corpus => Path.Combine(Repository.Folder, RealSoundCorpus.DefaultFolder);

    private static string Result(string file) => Path.Combine(Repository.Folder, "docs", "results", file);

    private static string Commit() => ProcessResult.Of("git", Repository.Folder, null, "rev-parse", "--short=12", "HEAD").Output.Trim();
}
