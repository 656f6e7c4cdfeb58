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
        int[] predicted = LinearBaseline.PredictTest(PooledFeatures.Of(task), seed: 1);
        double pooled = Right(task, predicted) / (double)predicted.Length;
        Assert.InRange(linear, chance + 0.02, 0.65);
        Assert.True(pooled > linear + 0.1, $"{task.Name}: chance {chance:f3}, linear {linear:f3}, pooled {pooled:f3}.");

        // Every class is found: none is noise that the others pay for.
        for (int c = 0; c < task.Labels.Count; c++)
        {
            double recall = Right(task, predicted, c) / (double)task.Test.Classes.Count(x => x == c);
            Assert.True(recall > Math.Max(0.4, 2 * chance), $"{task.Name}: {task.Labels[c]} found in {recall:f3} of its slices.");
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

    private static int Right(TaskData task, int[] predicted, int? only = null) =>
        predicted.Zip(task.Test.Classes).Count(pair => pair.First == pair.Second && (only is null || pair.Second == only));
}
