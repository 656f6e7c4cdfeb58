using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>One of the paper's own data sets, as its authors packed it.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Tasks">Tasks of the corpus that are made from it.</param>
/// <param name="Layout">What its folder holds, for messages and help.</param>
/// <param name="Plan">Plans a task from a folder.</param>
internal sealed record OriginalSet(string Name, IReadOnlyList<string> Tasks, string Layout, Func<SetFolder, string, TaskPlan> Plan)
{
    /// <summary>All that are known.</summary>
    public static IReadOnlyList<OriginalSet> All { get; } =
    [
        new("speech-commands", ["keyword"], SpeechCommands.Layout, (folder, _) => SpeechCommands.Plan(folder)),
        new("librispeech", ["speaker"], LibriSpeech.Layout, (folder, _) => LibriSpeech.Plan(folder)),
        new("spoken-language", ["language"], SpokenLanguage.Layout, (folder, _) => SpokenLanguage.Plan(folder)),
        new("musan", ["sound"], Musan.Layout, (folder, _) => Musan.Plan(folder)),
        new("dcase-birds", ["bird"], DcaseBirds.Layout, (folder, _) => DcaseBirds.Plan(folder)),
        new("tut-scenes", ["scene"], TutScenes.Layout, (folder, _) => TutScenes.Plan(folder)),
        new("nsynth", ["pitch", "family"], NSynth.Layout, NSynth.Plan),
    ];
}

/// <summary>A folder that should hold a set: every file that is missed is named, with what was expected there.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Layout">Of the set.</param>
internal sealed record SetFolder(string Root, string Layout)
{
    /// <summary>A file that must be there.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public string File(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        return System.IO.File.Exists(path) ? path : throw Missing(path);
    }

    /// <summary>The first of some files that is there.</summary>
    /// <exception cref="InvalidDataException">None is.</exception>
    public string AnyFile(string folder, params string[] names) =>
        names.Select(name => Path.Combine(Root, folder, name)).FirstOrDefault(System.IO.File.Exists) ?? throw Missing(Path.Combine(Root, folder, string.Join(" or ", names)));

    /// <summary>Folders below one that must be there, ordinal order.</summary>
    /// <exception cref="InvalidDataException">It is not, or is empty.</exception>
    public IReadOnlyList<string> Folders(params string[] parts) => Entries(Directory.GetDirectories, parts);

    /// <summary>Files in a folder that must be there, ordinal order.</summary>
    /// <param name="extension">Such as <c>.wav</c>.</param>
    /// <param name="parts">The folder.</param>
    /// <exception cref="InvalidDataException">It is not, or holds none.</exception>
    public IReadOnlyList<string> Files(string extension, params string[] parts) =>
        Entries(path => Directory.GetFiles(path, "*" + extension, SearchOption.AllDirectories), parts, extension);

    /// <summary>What to say of something else that is wrong.</summary>
    public InvalidDataException Wrong(string what) => new($"{what}. Expected in {Root}: {Layout}");

    private string[] Entries(Func<string, string[]> list, string[] parts, string extension = "")
    {
        string path = Path.Combine([Root, .. parts]);
        string[] found = Directory.Exists(path) ? [.. list(path).Order(StringComparer.Ordinal)] : throw Missing(path);
        return found.Length > 0 ? found : throw Wrong($"{path} holds no {(extension.Length > 0 ? extension + " file" : "folder")}");
    }

    private InvalidDataException Missing(string path) => Wrong($"{path} is missing");
}

/// <summary>What the loaders have in common.</summary>
internal static class OriginalItems
{
    /// <summary>No limit: as many slices as the set has.</summary>
    public static Quota Unlimited { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue);

    private const int Stream = 2000, TrainPercent = 80, ValidationPercent = 10;

    /// <summary>Slices of a file, side by side; a shorter one lies anywhere in one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="split">Its split.</param>
    /// <param name="index">Its class.</param>
    /// <param name="most">Slices at most.</param>
    /// <param name="origins">What else it is made from: a voice.</param>
    public static PlannedItem Of(string path, FolderSplit split, int index, int most, params string[] origins)
    {
        string origin = "file:" + Path.GetFileName(Path.GetDirectoryName(path)) + "/" + Path.GetFileName(path);
        return new PlannedItem(split, Making.Recorded, [origin, .. origins], [index], () =>
            Cutting.Slices(ClipSamples.Read(path), most, new SliceRandom(1, Stream, (BuiltInSplit)split, (int)(RealSoundSplit.Hash(origin) >> 1))).Select(slice => new MadeSlice(index, slice)));
    }

    /// <summary>80 : 10 : 10 by a name: where a set has no split of its own, or none for validation.</summary>
    public static FolderSplit ByName(string name) => (RealSoundSplit.Hash(name) % 100) switch
    {
        < TrainPercent => FolderSplit.Train,
        < TrainPercent + ValidationPercent => FolderSplit.Validation,
        _ => FolderSplit.Test,
    };

    /// <summary>Training, or for a tenth of the names validation: where a set's own split lacks one.</summary>
    public static FolderSplit TrainOrValidation(string name) => RealSoundSplit.Hash(name) % 100 < ValidationPercent ? FolderSplit.Validation : FolderSplit.Train;
}
