using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AdapterCompiler.Benchmarks.Desktop;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Benchmarks.Output;
using AdapterCompiler.Benchmarks.Training;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Benchmarks;

/// <summary>
/// No argument: measures everything and writes docs/results/kernels.md and kernels.json; a path writes them there. <c>--filter TEXT</c>
/// measures the cases whose name holds the text and writes nothing. <c>desktop</c> measures times with the JIT instead, <c>training</c> a
/// training step against what it was.
/// </summary>
internal static class Program
{
    private const string Usage = "usage: benchmarks [docs/results/kernels.md] | --filter TEXT | desktop [docs/results/desktop.md] | training [docs/results/training-step.md]";

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
        string note = KernelNote.Write(results, Commit());
        Console.WriteLine(note);
        if (path is null)
            return 0;
        File.WriteAllText(path, note);
        File.WriteAllText(Path.ChangeExtension(path, ".json"), KernelJson.Write(results, Commit()));
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

    private static string Result(string file) => Path.Combine(Repository.Folder, "docs", "results", file);

    private static string Commit() => ProcessResult.Of("git", Repository.Folder, null, "rev-parse", "--short=12", "HEAD").Output.Trim();
}
