using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>A batch: codes [n, 1, frames, bands], classes [n], and which rows belong to which task.</summary>
internal sealed record Batch(Tensor Codes, Tensor Classes, IReadOnlyList<BatchSlice> Slices);

/// <summary>
/// Makes the batch of any step: an equal, contiguous slice per task, each task going through its own training set in a new random order every time
/// round (<see cref="DrawOrder"/>). What a step gets depends on the seed and the step alone, so a resumed run continues with the very samples it would have seen.
/// </summary>
internal sealed class BatchSource
{
    private const int AugmentStream = 2, MaskStream = 7;

    private readonly IReadOnlyList<TaskData> tasks;
    private readonly InputSpec input;
    private readonly TrainingOptions options;
    private readonly DrawOrder[] orders;
    private readonly long[] classes;

    public BatchSource(IReadOnlyList<TaskData> tasks, InputSpec input, TrainingOptions options)
    {
        this.tasks = tasks;
        this.input = input;
        this.options = options;
        PerTask = options.BatchSize / tasks.Count;
        Slices = Enumerable.Range(0, tasks.Count).Select(k => new BatchSlice(k, (long)k * PerTask, PerTask)).ToArray();
        orders = [.. tasks.Select((task, k) => DrawOrder.Of(task, k, options))];
        classes = new long[PerTask * tasks.Count];
    }

    /// <summary>Samples of each task.</summary>
    public int PerTask { get; }

    public IReadOnlyList<BatchSlice> Slices { get; }

    /// <summary>The batch of a step, counted from 0.</summary>
    public Batch Next(int step)
    {
        int image = input.Frames * input.Bands;
        Tensor images = NewImages(classes.Length, input);
        Span<float> pixels = Pixels(images);
        for (int k = 0; k < tasks.Count; k++)
        {
            for (int j = 0; j < PerTask; j++)
            {
                int row = (k * PerTask) + j, sample = orders[k].Sample(((long)step * PerTask) + j);
                SliceSet train = tasks[k].Train;
                Span<float> target = pixels.Slice(row * image, image);
                if (options.Augment)
                    Augmentation.Apply(train.Codes[sample], input, new SeededRandom(options.Seed, AugmentStream, step, row), target, train.Margins?[sample] ?? default);
                else
                    Augmentation.Copy(train.Codes[sample], target);
                if (options.Masks)
                    Augmentation.Mask(input, new SeededRandom(options.Seed, MaskStream, step, row), target);
                classes[row] = train.Classes[sample];
            }
        }

        return new Batch(images, tensor(classes), Slices);
    }

    /// <summary>Codes of some slices as a tensor [n, 1, frames, bands].</summary>
    public static Tensor Images(IReadOnlyList<byte[]> slices, InputSpec input)
    {
        Tensor images = NewImages(slices.Count, input);
        Span<float> pixels = Pixels(images);
        int image = input.Frames * input.Bands;
        for (int i = 0; i < slices.Count; i++)
            Augmentation.Copy(slices[i], pixels.Slice(i * image, image));
        return images;
    }

    private static Tensor NewImages(int count, InputSpec input) => empty([count, 1, input.Frames, input.Bands], ScalarType.Float32);

    /// <summary>A tensor's own memory. Filled in place, so that megabytes a step never reach the garbage collector.</summary>
    private static Span<float> Pixels(Tensor images) => MemoryMarshal.Cast<byte, float>(images.bytes);
}
