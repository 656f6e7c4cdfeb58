using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Trainer.Data.BuiltIn;
using Xunit;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>No value of any generator's parameter is in two splits, as seen from the public parameter records.</summary>
public sealed class BuiltInSplitTests
{
    // Derived from the class alone: the answer, not a nuisance.
    private static readonly string[] GivenByClass = [nameof(PitchParameters.Class), nameof(PitchParameters.NoteHertz)];

    [Fact]
    public void Every_parameter_keeps_its_splits_apart()
    {
        for (int task = 0; task < BuiltInCorpus.TaskNames.Count; task++)
        {
            Dictionary<string, List<(double Value, BuiltInSplit Split)>> drawn = Draw(task, slices: 3000);
            Assert.True(drawn.Count >= 11, $"{BuiltInCorpus.TaskNames[task]} has {drawn.Count} parameters.");
            foreach ((string name, List<(double Value, BuiltInSplit Split)> values) in drawn)
                AssertApart($"{BuiltInCorpus.TaskNames[task]}.{name}", values);
        }
    }

    [Fact]
    public void Cells_and_families_are_dealt_three_one_one()
    {
        int[] counts = [.. Enum.GetValues<BuiltInSplit>().Select(split => Enumerable.Range(0, ParameterDraw.Cells).Count(c => ParameterDraw.Owner(c) == split))];
        Assert.Equal([12, 4, 4], counts);
    }

    [Fact]
    public void Validation_and_test_lie_inside_the_range_of_training()
    {
        Assert.Equal(BuiltInSplit.Train, ParameterDraw.Owner(0));
        Assert.Equal(BuiltInSplit.Train, ParameterDraw.Owner(ParameterDraw.Cells - 1));
    }

    /// <summary>
    /// Sorted, the values of a continuous parameter form runs of one split each. With thousands of draws in 20 cells, a shared cell
    /// would give hundreds of runs; and neighbours of different splits must keep a distance.
    /// </summary>
    private static void AssertApart(string name, List<(double Value, BuiltInSplit Split)> values)
    {
        (double Value, BuiltInSplit Split)[] sorted = [.. values.OrderBy(v => v.Value)];
        double range = sorted[^1].Value - sorted[0].Value;
        bool wholeNumbers = sorted.All(v => v.Value == Math.Floor(v.Value));
        int runs = 1;
        foreach (((double Value, BuiltInSplit Split) a, (double Value, BuiltInSplit Split) b) in sorted.Zip(sorted.Skip(1)))
        {
            if (a.Split == b.Split)
                continue;
            runs++;
            Assert.True(b.Value - a.Value > range / 5000, $"{name}: {a.Value} in {a.Split}, {b.Value} in {b.Split}.");
        }

        Assert.Equal(3, sorted.Select(v => v.Split).Distinct().Count());
        if (!wholeNumbers)
            Assert.Equal(17, runs);
    }

    private static Dictionary<string, List<(double Value, BuiltInSplit Split)>> Draw(int task, int slices)
    {
        var drawn = new Dictionary<string, List<(double Value, BuiltInSplit Split)>>(StringComparer.Ordinal);
        foreach (BuiltInSplit split in Enum.GetValues<BuiltInSplit>())
        {
            for (int index = 0; index < slices; index++)
                Collect(BuiltInCorpus.Parameters(5, task, split, index), split, drawn);
        }

        return drawn;
    }

    private static void Collect(object record, BuiltInSplit split, Dictionary<string, List<(double Value, BuiltInSplit Split)>> drawn)
    {
        foreach (PropertyInfo property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (GivenByClass.Contains(property.Name, StringComparer.Ordinal))
                continue;
            object? value = property.GetValue(record);
            if (value is SceneParameters scene)
            {
                Collect(scene, split, drawn);
            }
            else if (value is double or int)
            {
                if (!drawn.TryGetValue(property.Name, out List<(double Value, BuiltInSplit Split)>? values))
                    drawn[property.Name] = values = [];
                values.Add((Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), split));
            }
        }
    }
}
