using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>
/// Three tasks made from a seed, nothing downloaded: <c>pitch</c> (where harmonics lie), <c>timbre</c> (which there are and how they decay) and
/// <c>chirp</c> (how a tone moves). Each needs what the others must ignore, so a small encoder cannot serve all of them alike.
/// No parameter value of a generator is in two splits (<see cref="ParameterDraw"/>).
/// </summary>
public static class BuiltInCorpus
{
    /// <summary>Samples per second.</summary>
    public const int SampleRate = 16000;

    /// <summary>Samples of a slice: 96 frames of 25 ms, 10 ms apart.</summary>
    public const int SliceLength = 15600;

    private static readonly IBuiltInTask[] Tasks = [new PitchTask(), new TimbreTask(), new ChirpTask()];

    /// <summary>Names of the tasks, in the order of <see cref="Generate"/>.</summary>
    public static IReadOnlyList<string> TaskNames { get; } = [.. Tasks.Select(t => t.Name)];

    /// <summary>Class names of a task, ordinal order.</summary>
    /// <param name="task">Position in <see cref="TaskNames"/>.</param>
    public static IReadOnlyList<string> Labels(int task) => Tasks[task].Labels;

    /// <summary>Makes the corpus. The result depends on the first four arguments and the front end only, not on threads.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="trainPerTask">Slices for the optimiser, per task. Classes take turns, so their counts differ by one at most.</param>
    /// <param name="validationPerTask">Slices for choices, per task.</param>
    /// <param name="testPerTask">Slices for the reported accuracy, per task.</param>
    /// <param name="frontEnd">From <see cref="SliceLength"/> samples to a new array of codes; called by one thread at a time, since a front end may reuse its buffers.</param>
    /// <param name="progress">Called with slices done and slices in total, by one thread at a time; or null.</param>
    /// <param name="threads">Most threads to use; 0 = one per processor.</param>
    /// <returns>The tasks in the order of <see cref="TaskNames"/>.</returns>
    public static IReadOnlyList<TaskData> Generate(
        int seed,
        int trainPerTask,
        int validationPerTask,
        int testPerTask,
        Func<float[], byte[]> frontEnd,
        Action<int, int>? progress,
        int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(frontEnd);
        ArgumentOutOfRangeException.ThrowIfNegative(trainPerTask);
        ArgumentOutOfRangeException.ThrowIfNegative(validationPerTask);
        ArgumentOutOfRangeException.ThrowIfNegative(testPerTask);
        int[] counts = [trainPerTask, validationPerTask, testPerTask];

        int done = 0, total = counts.Sum() * Tasks.Length;
        var oneAtATime = new Lock();
        var result = new TaskData[Tasks.Length];
        for (int task = 0; task < Tasks.Length; task++)
        {
            result[task] = new TaskData(
                Tasks[task].Name,
                Tasks[task].Labels,
                MakeSet(BuiltInSplit.Train, task),
                MakeSet(BuiltInSplit.Validation, task),
                MakeSet(BuiltInSplit.Test, task));
        }

        return result;

        SliceSet MakeSet(BuiltInSplit split, int task)
        {
            int count = counts[(int)split];
            var codes = new byte[count][];
            var classes = new int[count];
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
            Parallel.For(0, count, options, index =>
            {
                float[] samples = Samples(seed, task, split, index);
                classes[index] = index % Tasks[task].Labels.Count;
                lock (oneAtATime)
                {
                    codes[index] = frontEnd(samples);
                    progress?.Invoke(++done, total);
                }
            });
            return new SliceSet(codes, classes);
        }
    }

    /// <summary>What one slice is made from.</summary>
    /// <param name="seed">The corpus' seed.</param>
    /// <param name="task">Position in <see cref="TaskNames"/>.</param>
    /// <param name="split">The slice's split.</param>
    /// <param name="index">Position in the split.</param>
    public static SliceParameters Parameters(int seed, int task, BuiltInSplit split, int index) =>
        Draw(new SliceRandom(seed, task, split, index), task, split, index);

    /// <summary>One slice of the corpus, made alone.</summary>
    /// <param name="seed">The corpus' seed.</param>
    /// <param name="task">Position in <see cref="TaskNames"/>.</param>
    /// <param name="split">The slice's split.</param>
    /// <param name="index">Position in the split.</param>
    /// <returns><see cref="SliceLength"/> samples in [-1, 1).</returns>
    public static float[] Samples(int seed, int task, BuiltInSplit split, int index)
    {
        var random = new SliceRandom(seed, task, split, index);
        return Draw(random, task, split, index).Render(random);
    }

    private static SliceParameters Draw(SliceRandom random, int task, BuiltInSplit split, int index) =>
        Tasks[task].Draw(index % Tasks[task].Labels.Count, new ParameterDraw(random, split));
}
