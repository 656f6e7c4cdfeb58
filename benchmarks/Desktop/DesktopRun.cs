using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Benchmarks.Baselines;
using AdapterCompiler.Benchmarks.Output;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AdapterCompiler.Benchmarks.Desktop;

/// <summary>Times with the desktop's JIT, as ratios: generated code against the loops by hand.</summary>
internal static class DesktopRun
{
    /// <summary>Runs the benchmark and appends a table to the result file, which is made where it is missing.</summary>
    public static int Write(string path, string commit)
    {
        // In this process: generated code exists in memory only, and a build of its own for every run would need the package feed.
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithWarmupCount(8).WithIterationCount(9).WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
            .AddLogger(new StreamLogger(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true }))
            .WithOptions(ConfigOptions.DisableLogFile);
        Summary summary = BenchmarkRunner.Run<EncoderBenchmark>(config);
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => report.ResultStatistics is null))
        {
            Console.Error.WriteLine("a benchmark failed");
            return 1;
        }

        string table = Table(summary, commit);
        Console.WriteLine(table);
        File.AppendAllText(path, (File.Exists(path) ? "\n" : Head) + table);
        return 0;
    }

    private const string Head = """
        # Desktop: generated code and loops by hand

        A JIT compiles all of them to machine code, so these ratios say nothing about an interpreter; kernels.md does. They tell what tests and tools on a desktop wait for.
        Each run of `dotnet run -c Release --project benchmarks -- desktop` appends a table: BenchmarkDotNet, short job with 8 warm-ups and 9 iterations, in one process. A figure is the median time of a window over the
        generated model's: below 1 the loops are faster. They move from run to run with what else the machine does. The generated model computes the embedding and a head of two classes as well.


        """;

    private static string Table(Summary summary, string commit)
    {
        var lines = new List<string> { $"Seed {PaperModels.Seed}, commit {commit}:", "" };
        lines.AddRange(Markdown.Table(
            ["shared encoder", "generated", .. BaselineSet.Names.Select(BaselineSet.Title), "standard deviation of the generated model's time"],
            summary.Reports.GroupBy(report => (string)report.BenchmarkCase.Parameters[nameof(EncoderBenchmark.Weights)], StringComparer.Ordinal).OrderBy(group => EncoderBenchmark.Settings.ToList().IndexOf(group.Key)).Select(Row)));
        lines.RemoveAt(lines.Count - 1);
        return string.Join('\n', lines) + "\n";
    }

    private static IReadOnlyList<string> Row(IGrouping<string, BenchmarkReport> reports)
    {
        BenchmarkReport generated = Of(nameof(EncoderBenchmark.Generated));
        double median = generated.ResultStatistics!.Median;
        return
        [
            reports.Key, "1", .. BaselineSet.Names.Select(name => Markdown.Number(Of(name).ResultStatistics!.Median / median)),
            Markdown.Percent(generated.ResultStatistics.StandardDeviation, median),
        ];

        BenchmarkReport Of(string method) => reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
    }
}
