using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data;

/// <summary>
/// The real-sound corpus: telephone prompts in three languages and hold music from Debian's Asterisk packages, as 16 kHz WAV files in the layout of
/// <see cref="FolderCorpus"/>. Task <c>language</c> (en, es, fr) holds every prompt long enough for a slice; task <c>sound</c> (music, speech) holds the music and as
/// much speech, from all three languages. Splits: see <see cref="RealSoundSplit"/>.
/// </summary>
public static class RealSoundCorpus
{
    /// <summary>Where the corpus goes unless told otherwise.</summary>
    public const string DefaultFolder = "out/real-sound/corpus";

    /// <summary>Installs the packages where they are missing, decodes and splits; does nothing when the folder already holds the corpus.</summary>
    /// <param name="folder">Where the corpus goes. It appears whole or not at all; an interrupted run is taken up again.</param>
    /// <param name="say">Receives lines for the terminal.</param>
    /// <param name="progress">Told after every file written, or null.</param>
    public static RealSoundResult Prepare(string folder, Action<string> say, IProgress<FolderProgress>? progress = null) =>
        Prepare(folder, new DebianPackages(say, "the real-sound corpus", "40 MB"), say, progress);

    /// <summary>The same with recordings from elsewhere.</summary>
    public static RealSoundResult Prepare(string folder, IRecordingPackages packages, Action<string> say, IProgress<FolderProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(packages);
        ArgumentNullException.ThrowIfNull(say);
        try
        {
            return Make(Path.GetFullPath(folder), packages, say, progress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return RealSoundResult.Failed($"{folder} cannot be written: {exception.Message}");
        }
    }

    private static RealSoundResult Make(string folder, IRecordingPackages packages, Action<string> say, IProgress<FolderProgress>? progress)
    {
        if (RealSoundManifest.Read(folder) is { } ready)
        {
            say($"{folder} already holds the corpus ({ready.Count} files).");
            return new RealSoundResult(folder, ready, Error: null);
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !RealSoundManifest.IsOurs(folder))
            return RealSoundResult.Failed($"{folder} holds something else than this corpus; give another folder, or empty it");
        if (packages.Install(RealSoundPackages.All.Select(package => package.Name).ToList()) is { } trouble)
            return RealSoundResult.Failed(trouble);

        List<RealSoundRecording> recordings = Recordings(packages);
        foreach (RealSoundPackage package in RealSoundPackages.All)
        {
            if (!recordings.Any(recording => recording.Package == package.Name))
                return RealSoundResult.Failed($"package {package.Name} lists no usable .g722 file; reinstall it: apt-get install --reinstall {package.Name}");
        }

        string building = folder + ".building";
        IReadOnlyList<RealSoundFile> files = RealSoundPlan.Files(recordings);
        RemoveStrangers(building, files);
        int done = 0;
        foreach (RealSoundFile file in files)
        {
            Write(Path.Combine(building, file.Path), file.Source, say);
            progress?.Report(new FolderProgress(++done, files.Count));
        }

        RealSoundManifest.Write(building, files);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.Move(building, folder);
        return new RealSoundResult(folder, files, Error: null);
    }

    /// <summary>Reads the lengths of all recordings that hold what their package is for.</summary>
    private static List<RealSoundRecording> Recordings(IRecordingPackages packages)
    {
        var recordings = new List<RealSoundRecording>();
        foreach (RealSoundPackage package in RealSoundPackages.All)
        {
            foreach (string path in packages.Files(package.Name).Where(path => path.EndsWith(".g722", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                string prompt = package.Prompt(path);
                if (RealSoundPackages.IsNotSpeech(prompt) || !File.Exists(path))
                    continue;

                // G.722 at 64 kbit/s: two samples a byte.
                long samples = new FileInfo(path).Length * 2;
                if (samples >= RealSoundPlan.SliceSamples)
                    recordings.Add(new RealSoundRecording(package.Name, package.Class, prompt, path, samples));
            }
        }

        return recordings;
    }

    /// <summary>What an interrupted run of another version left behind, and halves of files.</summary>
    private static void RemoveStrangers(string building, IReadOnlyList<RealSoundFile> files)
    {
        if (!Directory.Exists(building))
            return;
        var planned = files.Select(file => Path.GetFullPath(Path.Combine(building, file.Path))).ToHashSet(StringComparer.Ordinal);
        foreach (string path in Directory.GetFiles(building, "*", SearchOption.AllDirectories).Where(path => !planned.Contains(path)))
            File.Delete(path);
    }

    private static void Write(string target, string source, Action<string> say)
    {
        if (File.Exists(target))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (AudioReader.Read(source) is not AudioClip clip)
            throw new IOException($"{source} cannot be decoded");
        if (clip.Warning is { } warning)
            say($"{source}: {warning}");
        WavWriter.Write(target, clip.Samples);
    }
}

/// <summary>What came of preparing the corpus.</summary>
/// <param name="Folder">For <see cref="FolderCorpus.Load(string, Artifact.FrontEndSpec, Artifact.InputSpec, IProgress{FolderProgress}?)"/>; empty after an error.</param>
/// <param name="Files">What the manifest lists.</param>
/// <param name="Error">What went wrong and what to do, or null.</param>
public sealed record RealSoundResult(string Folder, IReadOnlyList<RealSoundFile> Files, string? Error)
{
    /// <summary>True when the corpus is there.</summary>
    public bool Success => Error is null;

    internal static RealSoundResult Failed(string error) => new("", [], error);
}
