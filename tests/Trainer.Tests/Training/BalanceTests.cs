using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Training;

[Collection(TorchTests.Name)]
public sealed class BalanceTests
{
    private static readonly TrainingOptions Options = TinyTasks.Options(4);

    [Theory]
    [InlineData(10, 30, false)]
    [InlineData(10, 31, true)]
    [InlineData(0, 5, false)]
    public void More_than_three_to_one_is_uneven(int few, int many, bool isUneven) => Assert.Equal(isUneven, ClassBalance.Of(Task(few, many)).IsUneven);

    [Fact]
    public void Uneven_classes_are_drawn_alike_and_none_of_their_slices_is_left_out()
    {
        TaskData task = Task(5, 40, 20);
        int[] drawn = [.. Enumerable.Range(0, 360).Select(Draws(task, Options))];
        Assert.All(drawn.Chunk(3), round => Assert.Equal([0, 1, 2], round.Select(sample => task.Train.Classes[sample]).Order()));
        Assert.True(drawn.Chunk(3).Select(round => task.Train.Classes[round[0]]).Distinct().Count() == 3, "the order of the classes changes");
        int[] times = [.. Enumerable.Range(0, 65).Select(sample => drawn.Count(each => each == sample))];
        Assert.All(times[..5], count => Assert.Equal(24, count));
        Assert.All(times[5..45], count => Assert.Equal(3, count));
        Assert.All(times[45..], count => Assert.Equal(6, count));
    }

    [Fact]
    public void It_can_be_switched_off_and_does_not_touch_what_is_even()
    {
        TaskData uneven = Task(5, 40), even = Task(20, 25);
        Assert.Equal(Enumerable.Range(0, 45), Enumerable.Range(0, 45).Select(Draws(uneven, Options with { Balance = false })).Order());
        Assert.Equal(Enumerable.Range(0, 45).Select(Draws(even, Options)), Enumerable.Range(0, 45).Select(Draws(even, Options with { Balance = false })));
    }

    /// <summary>The order that models in this repository were trained with.</summary>
    [Fact]
    public void The_order_of_even_classes_never_changes()
    {
        int[] first = new SeededRandom(Options.Seed, 1, 0, 0).Permutation(45), second = new SeededRandom(Options.Seed, 1, 0, 1).Permutation(45);
        Assert.Equal([.. first, .. second], Enumerable.Range(0, 90).Select(Draws(Task(20, 25), Options)));
    }

    [Fact]
    public void A_place_gives_its_sample_whatever_was_asked_before()
    {
        TaskData task = Task(5, 40, 20);
        Func<int, int> whole = Draws(task, Options), resumed = Draws(task, Options);
        int[] expected = [.. Enumerable.Range(0, 200).Select(whole)];
        Assert.Equal(expected[137..], Enumerable.Range(137, 63).Select(resumed));
        Assert.NotEqual(expected, Enumerable.Range(0, 200).Select(Draws(task, Options with { Seed = 6 })));
    }

    [Fact]
    public void The_user_is_told_what_is_uneven_and_what_is_done()
    {
        TaskData task = Task(5, 40);
        Assert.Equal("pets: 'b' has 40 training slices, 'a' 5 (8 to 1); batches draw every class alike (--no-balance: as they come)", Assert.Single(SplitTable.Uneven([task, Task(9, 9)], isCountered: true)));
        Assert.Contains("--no-balance leaves it so", Assert.Single(SplitTable.Uneven([task], isCountered: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_clips_are_moved_within_their_silence()
    {
        // Sound in frames 6 to 8 of 16.
        byte[] codes = [.. Enumerable.Range(0, 256).Select(i => i / 16 is >= 6 and <= 8 ? (byte)60 : (byte)0)];
        var firsts = new List<int>();
        var result = new float[256];
        for (int sample = 0; sample < 300; sample++)
        {
            Augmentation.Apply(codes, TinyTasks.Input, new SeededRandom(1, sample), result, new Margin(6, 7));
            int[] sounding = [.. Enumerable.Range(0, 16).Where(frame => result.AsSpan(frame * 16, 16).ContainsAnyExcept(0f))];
            Assert.Equal(3, sounding.Length);
            firsts.Add(sounding[0]);
        }

        Assert.Equal(Enumerable.Range(0, 14), firsts.Distinct().Order());
    }

    private static Func<int, int> Draws(TaskData task, TrainingOptions options)
    {
        DrawOrder order = DrawOrder.Of(task, 0, options);
        return position => order.Sample(position);
    }

    private static TaskData Task(params int[] counts)
    {
        int[] classes = [.. counts.SelectMany((count, c) => Enumerable.Repeat(c, count))];
        var set = new SliceSet([.. classes.Select(_ => new byte[256])], classes);
        return new TaskData("pets", [.. counts.Select((_, c) => ((char)('a' + c)).ToString())], set, set, set);
    }
}
