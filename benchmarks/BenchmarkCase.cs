using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Benchmarks;

/// <summary>One model to measure.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Group">"alone", "adapters" or "models".</param>
/// <param name="Setting">How its weights were drawn; null for a trained model.</param>
/// <param name="Open">Share of open gates in per cent; null where there is no such share.</param>
/// <param name="Text">The model file's text.</param>
internal sealed record BenchmarkCase(string Name, string Group, WeightSetting? Setting, int? Open, Func<string> Text)
{
    public const string Alone = "alone";
    public const string Adapters = "adapters";
    public const string Models = "models";

    private static readonly int[] OpenShares = [100, 50, 20];
    private static readonly string[] TrainedModels = ["dense.adapter", "real-sound.adapter"];

    /// <summary>Name of a file with <see cref="Text"/>: "encoder-4-bit-80-zeros.adapter".</summary>
    public string FileName => string.Join('-', Path.GetFileNameWithoutExtension(Name).Split([' ', ',', '%'], StringSplitOptions.RemoveEmptyEntries)) + ".adapter";

    /// <summary>Every case in the order of the tables.</summary>
    public static IEnumerable<BenchmarkCase> All() =>
    [
        .. WeightSetting.All.Select(setting => new BenchmarkCase(
            "encoder, " + setting.Name, Alone, setting, null, () => ModelWriter.Write(PaperModels.Alone(setting)))),
        .. WeightSetting.All.SelectMany(setting => OpenShares.Select(open => new BenchmarkCase(
            FormattableString.Invariant($"8 adapters, {setting.Name}, {open} % open"), Adapters, setting, open, () => ModelWriter.Write(PaperModels.WithAdapters(setting, open / 100.0))))),
        .. TrainedModels.Select(file => new BenchmarkCase(
            "models/" + file, Models, null, null, () => File.ReadAllText(Path.Combine(Repository.Folder, "models", file)))),
    ];
}
