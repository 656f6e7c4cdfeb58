using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>A task's codes: made once by a front end from its sound, kept beside it, mapped into memory from then on.</summary>
internal static class CodeStore
{
    /// <summary>Slices made at a time.</summary>
    private const int Block = 256;

    /// <summary>A task of the corpus.</summary>
    /// <param name="folder">The corpus.</param>
    /// <param name="task">Name of the task.</param>
    /// <param name="spec">Front end.</param>
    /// <param name="input">Shape of a slice. Codes are kept whole, once for inputs of any bits, and shifted as they are read.</param>
    /// <param name="console">Terminal.</param>
    /// <exception cref="InvalidDataException">The corpus lacks the task.</exception>
    public static TaskData Load(string folder, string task, FrontEndSpec spec, InputSpec input, RunConsole console) =>
        UpperBits.Of(Whole(folder, task, spec, InputBits.Whole(input), console), InputBits.Lost(input));

    private static TaskData Whole(string folder, string task, FrontEndSpec spec, InputSpec input, RunConsole console)
    {
        SliceManifest manifest = SliceManifest.Read(folder, task)
            ?? throw new InvalidDataException($"{folder} does not hold the task '{task}': run adapter-train data prepare --corpus {folder}");
        string path = Path.Combine(folder, $"{task}.{Key(folder, task, spec, input)}.codes");
        int bytes = input.Frames * input.Bands;
        if (!File.Exists(path) || new FileInfo(path).Length != (long)manifest.Slices.Count * bytes)
            console.Working("Codes", "slices", report => Make(manifest, folder, path, spec, input, report));
        return new TaskData(task, manifest.Labels, Set(FolderSplit.Train), Set(FolderSplit.Validation), Set(FolderSplit.Test));

        SliceSet Set(FolderSplit split)
        {
            int first = manifest.Slices.TakeWhile(slice => slice.Split != split).Count();
            int[] classes = [.. manifest.Slices.Skip(first).TakeWhile(slice => slice.Split == split).Select(slice => slice.Class)];
            return new SliceSet(new MappedCodes(path, first, classes.Length, bytes), classes);
        }
    }

    // Of the list and of the front end: codes of another corpus or front end have another name. What later kinds brought is not in the names of the earlier ones.
    private static string Key(string folder, string task, FrontEndSpec spec, InputSpec input)
    {
        byte[] list = SHA256.HashData(File.ReadAllBytes(SliceManifest.PathOf(folder, task)));
        return Convert.ToHexStringLower(SHA256.HashData([.. list, .. Encoding.UTF8.GetBytes($"{spec} {input}".Replace($", {nameof(IntegerMelSpec.IsFine)} = False", "", StringComparison.Ordinal))]))[..12];
    }

    private static bool Make(SliceManifest manifest, string folder, string path, FrontEndSpec spec, InputSpec input, Action<int, int>? progress)
    {
        string sound = SliceManifest.SoundOf(folder, manifest.Task);
        if (!File.Exists(sound) || new FileInfo(sound).Length != (long)manifest.Slices.Count * TaskMaker.SliceBytes)
            throw new InvalidDataException($"{sound} does not hold the slices of its list: run adapter-train data check --corpus {folder}");
        using FileStream source = File.OpenRead(sound);

        // Their tables take longer than a slice.
        using var frontEnds = new ThreadLocal<SoundFrontEnd>(() => SoundFrontEnd.For(spec, input));
        WholeFile.Write(path, target =>
        {
            byte[] bytes = new byte[Block * TaskMaker.SliceBytes], codes = new byte[Block * input.Frames * input.Bands];
            for (int first = 0; first < manifest.Slices.Count; first += Block)
            {
                int count = Math.Min(Block, manifest.Slices.Count - first);
                source.ReadExactly(bytes.AsSpan(0, count * TaskMaker.SliceBytes));
                Parallel.For(0, count, i =>
                {
                    int length = input.Frames * input.Bands;
                    frontEnds.Value!.Codes(Samples(bytes.AsSpan(i * TaskMaker.SliceBytes, TaskMaker.SliceBytes)), codes.AsSpan(i * length, length));
                });
                target.Write(codes.AsSpan(0, count * input.Frames * input.Bands));
                progress?.Invoke(first + count, manifest.Slices.Count);
            }
        });
        return true;
    }

    /// <summary>16-bit samples as floats in [-1, 1).</summary>
    public static float[] Samples(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<short> rounded = MemoryMarshal.Cast<byte, short>(bytes);
        float[] samples = new float[rounded.Length];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = rounded[i] / 32768f;
        return samples;
    }
}
