using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Tasks;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Makes a task's slices and writes them: sound first, the list of them last.</summary>
internal static class TaskMaker
{
    /// <summary>Items made at a time; their slices are written in order.</summary>
    private const int Block = 128;

    /// <summary>Bytes of a slice.</summary>
    public const int SliceBytes = Mixing.SliceLength * sizeof(short);

    /// <summary>Makes the task.</summary>
    /// <param name="plan">What.</param>
    /// <param name="seed">Of the corpus.</param>
    /// <param name="folder">Where.</param>
    /// <param name="progress">Told items done and items in all; or null.</param>
    public static SliceManifest Make(TaskPlan plan, int seed, string folder, Action<int, int>? progress)
    {
        var slices = new List<SliceEntry>();
        var counts = new Dictionary<(FolderSplit Split, int Class), int>();
        string sound = SliceManifest.SoundOf(folder, plan.Name), unfinished = sound + ".part";
        PlannedItem[] items = [.. plan.Items.OrderBy(item => item.Split)];
        using (FileStream stream = File.Create(unfinished))
        {
            for (int first = 0; first < items.Length; first += Block)
            {
                PlannedItem[] block = [.. items.Skip(first).Take(Block).Where(IsWanted)];
                MadeSlice[][] made = new MadeSlice[block.Length][];
                Each(block, i => made[i] = [.. block[i].Make().Where(slice => !Silence.IsSilent(slice.Samples))]);
                foreach ((PlannedItem item, MadeSlice[] own) in block.Zip(made))
                {
                    foreach (MadeSlice slice in own.Where(slice => counts.GetValueOrDefault((item.Split, slice.Class)) < plan.PerClass.Of(item.Split)))
                    {
                        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(IntegerMelFrontEnd.Rounded(slice.Samples).AsSpan());
                        stream.Write(bytes);
                        counts[(item.Split, slice.Class)] = counts.GetValueOrDefault((item.Split, slice.Class)) + 1;
                        slices.Add(new SliceEntry(item.Split, slice.Class, item.Making, HashOf(bytes), item.Origins));
                    }
                }

                progress?.Invoke(Math.Min(items.Length, first + Block), items.Length);
            }
        }

        // A list of other sound than lies beside it would be worse than none.
        File.Delete(SliceManifest.PathOf(folder, plan.Name));
        File.Move(unfinished, sound, overwrite: true);
        var manifest = new SliceManifest(plan.Name, seed, plan.VoicesRecur, plan.Labels, slices);
        manifest.Write(folder);
        return manifest;

        bool IsWanted(PlannedItem item) => item.Classes.Any(index => counts.GetValueOrDefault((item.Split, index)) < plan.PerClass.Of(item.Split));
    }

    // All at once; what cannot be made is named by where it is from.
    private static void Each(PlannedItem[] items, Action<int> make)
    {
        try
        {
            Parallel.For(0, items.Length, i =>
            {
                try
                {
                    make(i);
                }
                catch (Exception exception) when (exception is not (InvalidDataException or OperationCanceledException or OutOfMemoryException))
                {
                    throw new InvalidDataException($"{string.Join(", ", items[i].Origins)} cannot be read: {exception.Message} Replace it, or take it out of the list that names it.", exception);
                }
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<InvalidDataException>().FirstOrDefault() is { } told)
        {
            throw new InvalidDataException(told.Message, told);
        }
    }

    /// <summary>What the manifest says of a slice's samples.</summary>
    public static string HashOf(ReadOnlySpan<byte> samples) => Convert.ToHexStringLower(SHA256.HashData(samples))[..16];
}
