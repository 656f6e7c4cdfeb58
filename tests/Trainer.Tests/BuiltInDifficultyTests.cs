using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using Xunit;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>
/// Neither trivial nor hopeless: a linear model on the codes stays far from perfect, and features that a small convolutional network can
/// compute (filters over a few frames and bands, maximum over time) do better than it.
/// </summary>
public sealed class BuiltInDifficultyTests
{
    private static readonly Lazy<IReadOnlyList<TaskData>> Corpus =
        new(() => BuiltInCorpus.Generate(11, 420, 0, 336, BuiltInFrontEnd.Codes, progress: null));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Linear_model_is_above_chance_and_below_features_pooled_over_time(int index)
    {
        TaskData task = Corpus.Value[index];
        double chance = 1.0 / task.Labels.Count;
        double linear = LinearBaseline.TestAccuracy(task, seed: 1);
        double pooled = LinearBaseline.TestAccuracy(PooledFeatures.Of(task), seed: 1);
        Assert.InRange(linear, chance + 0.02, 0.65);
        Assert.True(pooled > linear + 0.1, $"{task.Name}: chance {chance:f3}, linear {linear:f3}, pooled {pooled:f3}.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_class_is_told_from_every_other_by_pooled_features(int index)
    {
        TaskData task = PooledFeatures.Of(Corpus.Value[index]);
        for (int a = 0; a < task.Labels.Count; a++)
        {
            for (int b = a + 1; b < task.Labels.Count; b++)
            {
                double accuracy = LinearBaseline.TestAccuracy(Pair(task, a, b), seed: 1);
                Assert.True(accuracy > 0.65, $"{task.Name}: {task.Labels[a]} against {task.Labels[b]} {accuracy:f3}.");
            }
        }
    }

    [Fact]
    public void Baseline_is_repeatable_and_finds_nothing_in_shuffled_labels()
    {
        TaskData task = Corpus.Value[2];
        Assert.Equal(LinearBaseline.TestAccuracy(task, seed: 4), LinearBaseline.TestAccuracy(task, seed: 4));

        int[] moved = [.. task.Test.Classes.Select((_, i) => i / 7 % task.Labels.Count)];
        double accuracy = LinearBaseline.TestAccuracy(task with { Test = task.Test with { Classes = moved } }, seed: 4);
        Assert.InRange(accuracy, 0.05, 0.25);
    }

    private static TaskData Pair(TaskData task, int a, int b) =>
        task with { Labels = [task.Labels[a], task.Labels[b]], Train = Only(task.Train, a, b), Test = Only(task.Test, a, b) };

    private static SliceSet Only(SliceSet set, int a, int b)
    {
        int[] kept = [.. Enumerable.Range(0, set.Count).Where(i => set.Classes[i] == a || set.Classes[i] == b)];
        return new SliceSet([.. kept.Select(i => set.Codes[i])], [.. kept.Select(i => set.Classes[i] == b ? 1 : 0)]);
    }
}
