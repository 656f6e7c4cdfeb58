using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>
/// The corpus that stands for the paper's eight tasks, made from Debian's packages. Each task appears whole or not at all: an interrupted preparation goes on with the task that it was at.
/// </summary>
internal static class EightTaskCorpus
{
    /// <summary>Where it goes unless told otherwise.</summary>
    public const string DefaultFolder = "out/eight-tasks";

    /// <summary>The tasks, in the order of the model file.</summary>
    public static IReadOnlyList<string> Tasks { get; } = ["sound", "speaker", "bird", "scene", "keyword", "language", "pitch", "family"];

    /// <summary>Plans a task.</summary>
    public static TaskPlan Plan(string task, CorpusSources sources) => task switch
    {
        "sound" => new SoundTask(sources).Plan(),
        "speaker" => new SpeakerTask(sources).Plan(),
        "bird" => new BirdTask(sources).Plan(),
        "scene" => new SceneTask(sources).Plan(),
        "keyword" => new KeywordTask(sources).Plan(),
        "language" => new LanguageTask(sources).Plan(),
        "pitch" => new NoteTasks(sources).Pitch(),
        _ => new NoteTasks(sources).Family(),
    };

    /// <summary>Installs, decodes, renders, mixes and writes what is not there yet.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="seed">Of every choice.</param>
    /// <param name="packages">Where recordings come from.</param>
    /// <param name="renderer">What speaks and plays.</param>
    /// <param name="console">Terminal.</param>
    /// <returns>What went wrong and what to do, or null.</returns>
    public static string? Prepare(string folder, int seed, IRecordingPackages packages, IRenderer renderer, RunConsole console)
    {
        string[] missing = [.. Tasks.Where(task => SliceManifest.Read(folder, task)?.Seed != seed)];
        if (missing.Length == 0)
        {
            console.Line("Corpus", $"{folder} is complete: {string.Join(", ", Tasks)}");
            return null;
        }

        if (packages.Install([.. CorpusPackages.Recordings, .. CorpusPackages.Renderers]) is { } trouble)
            return trouble;
        Directory.CreateDirectory(folder);
        ClipLibrary library = console.Working("Recordings", "packages", _ => ClipLibrary.Scan(packages, CorpusPackages.Recordings));
        var sources = new CorpusSources(seed, library, new ClipSamples(), renderer, Phrase.All(packages, LanguageTask.Codes));
        foreach (string task in missing)
        {
            SliceManifest made = console.Working(task, "items", report => TaskMaker.Make(Plan(task, sources), seed, folder, report));
            console.Line(task, Describe(made));
        }

        return null;
    }

    /// <summary>For example <c>3 classes, 4050 slices for training, 600 for validation, 960 for the test</c>.</summary>
    public static string Describe(SliceManifest made) => string.Create(
        CultureInfo.InvariantCulture, $"{made.Labels.Count} classes, {Count(made, FolderSplit.Train)} slices for training, {Count(made, FolderSplit.Validation)} for validation, {Count(made, FolderSplit.Test)} for the test");

    private static int Count(SliceManifest manifest, FolderSplit split) => manifest.Slices.Count(slice => slice.Split == split);
}
