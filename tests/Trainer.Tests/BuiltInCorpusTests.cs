using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using Xunit;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>The corpus is a function of its seed, whatever the number of threads.</summary>
public sealed class BuiltInCorpusTests
{
    [Fact]
    public void Three_tasks_with_names_and_sorted_labels_that_a_model_file_accepts()
    {
        Assert.Equal(["pitch", "timbre", "chirp"], BuiltInCorpus.TaskNames, StringComparer.Ordinal);
        for (int task = 0; task < BuiltInCorpus.TaskNames.Count; task++)
        {
            IReadOnlyList<string> labels = BuiltInCorpus.Labels(task);
            Assert.Equal(labels.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), labels, StringComparer.Ordinal);
            Assert.All(labels, label => Assert.Matches("^[a-z][a-z0-9-]*$", label));
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_codes_on_one_thread_and_on_four()
    {
        IReadOnlyList<TaskData> serial = Small(seed: 7, threads: 1);
        IReadOnlyList<TaskData> parallel = Small(seed: 7, threads: 4);
        for (int task = 0; task < serial.Count; task++)
        {
            foreach ((SliceSet a, SliceSet b) in Sets(serial[task]).Zip(Sets(parallel[task])))
            {
                Assert.Equal(a.Classes, b.Classes);
                Assert.Equal(a.Codes, b.Codes);
            }
        }
    }

    [Fact]
    public void A_slice_made_alone_equals_its_place_in_the_corpus()
    {
        IReadOnlyList<TaskData> corpus = Small(seed: 7, threads: 2);
        for (int task = 0; task < corpus.Count; task++)
        {
            Assert.Equal(BuiltInFrontEnd.Codes(BuiltInCorpus.Samples(7, task, BuiltInSplit.Test, 5)), corpus[task].Test.Codes[5]);
            Assert.Equal(BuiltInCorpus.Parameters(7, task, BuiltInSplit.Test, 5).Class, corpus[task].Test.Classes[5]);
        }
    }

    [Fact]
    public void A_larger_corpus_begins_with_the_smaller_one()
    {
        TaskData small = BuiltInCorpus.Generate(3, 4, 2, 2, BuiltInFrontEnd.Codes, progress: null)[0];
        TaskData large = BuiltInCorpus.Generate(3, 9, 3, 5, BuiltInFrontEnd.Codes, progress: null)[0];
        Assert.Equal(small.Train.Codes, large.Train.Codes.Take(4));
        Assert.Equal(small.Test.Codes, large.Test.Codes.Take(2));
    }

    [Fact]
    public void Every_slice_differs_between_seeds_splits_tasks_and_indices()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int slices = 0;
        foreach (int seed in (int[])[0, 1, -1])
        {
            foreach (BuiltInSplit split in Enum.GetValues<BuiltInSplit>())
            {
                for (int task = 0; task < BuiltInCorpus.TaskNames.Count; task++)
                {
                    for (int index = 0; index < 14; index++, slices++)
                        seen.Add(string.Join(' ', BuiltInCorpus.Samples(seed, task, split, index).Skip(7800).Take(8)));
                }
            }
        }

        Assert.Equal(slices, seen.Count);
    }

    [Theory]
    [InlineData(84)]
    [InlineData(50)]
    public void Classes_are_balanced_to_within_one_slice(int count)
    {
        foreach (TaskData task in BuiltInCorpus.Generate(1, count, count, count, _ => [], progress: null))
        {
            foreach (SliceSet set in Sets(task))
            {
                int[] counts = [.. Enumerable.Range(0, task.Labels.Count).Select(c => set.Classes.Count(x => x == c))];
                Assert.Equal(count, counts.Sum());
                Assert.InRange(counts.Max() - counts.Min(), 0, 1);
            }
        }
    }

    [Fact]
    public void Samples_fill_the_slice_and_stay_in_range()
    {
        for (int task = 0; task < BuiltInCorpus.TaskNames.Count; task++)
        {
            for (int index = 0; index < 84; index++)
            {
                float[] samples = BuiltInCorpus.Samples(1, task, BuiltInSplit.Train, index);
                Assert.Equal(BuiltInCorpus.SliceLength, samples.Length);
                Assert.InRange(samples.Min(), -1f, 0f);
                Assert.InRange(samples.Max(), 0f, 0.9999f);
                double rootMeanSquare = Math.Sqrt(samples.Average(s => (double)s * s));
                Assert.InRange(rootMeanSquare, 0.001, 0.3);
            }
        }
    }

    [Fact]
    public void Codes_use_the_range_without_sticking_to_its_ends()
    {
        foreach (TaskData task in Small(seed: 2, threads: 0))
        {
            byte[] codes = [.. task.Train.Codes.SelectMany(c => c)];
            Assert.All(task.Train.Codes, c => Assert.Equal(BuiltInFrontEnd.Frames * BuiltInFrontEnd.Bands, c.Length));
            double mean = codes.Average(c => (double)c);
            double deviation = Math.Sqrt(codes.Average(c => (c - mean) * (c - mean)));
            Assert.InRange(mean, 20, 80);
            Assert.InRange(deviation, 8, 40);
            Assert.True(codes.Count(c => c is 0 or 127) < 0.02 * codes.Length, "More than 2 % of the codes are clipped.");
        }
    }

    [Fact]
    public void Progress_counts_every_slice_once_in_order()
    {
        var calls = new List<(int Done, int Total)>();
        BuiltInCorpus.Generate(1, 5, 3, 2, _ => [], (done, total) => calls.Add((done, total)));
        Assert.Equal(Enumerable.Range(1, 30).Select(done => (done, 30)), calls);
    }

    [Fact]
    public void Empty_splits_are_allowed_and_negative_counts_are_not()
    {
        Assert.All(BuiltInCorpus.Generate(1, 0, 0, 0, _ => [], progress: null), task => Assert.Equal(0, task.Train.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => BuiltInCorpus.Generate(1, 1, -1, 1, _ => [], progress: null));
    }

    private static IReadOnlyList<TaskData> Small(int seed, int threads) =>
        BuiltInCorpus.Generate(seed, 24, 6, 12, BuiltInFrontEnd.Codes, progress: null, threads);

    private static SliceSet[] Sets(TaskData task) => [task.Train, task.Validation, task.Test];
}
