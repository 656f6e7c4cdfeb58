using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Training;

/// <summary>Which training slice a task gets at each place of its sequence. A function of seed, task and place: nothing has to be saved to go on with it.</summary>
internal abstract class DrawOrder
{
    /// <summary>The slice at a place, counted from 0.</summary>
    public abstract int Sample(long position);

    /// <summary>The order of a task: round after round through its slices, or through its classes where those are too uneven and the options allow it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="number">Its number.</param>
    /// <param name="options">Seed, and whether uneven classes are drawn alike.</param>
    public static DrawOrder Of(TaskData task, int number, TrainingOptions options) =>
        options.Balance && ClassBalance.Of(task).IsUneven ? new ByClass(task.Train.Classes, number, options.Seed) : new ByRound(task.Train.Count, number, options.Seed);

    /// <summary>Every slice once a round, in a new random order every time.</summary>
    private sealed class ByRound(int count, int task, int seed) : DrawOrder
    {
        private const int Stream = 1;

        private Shuffled order = Shuffled.None;

        public override int Sample(long position)
        {
            order = order.For((int)(position / count), round => new SeededRandom(seed, Stream, task, round), count);
            return order.Items[position % count];
        }
    }

    /// <summary>Every class once a round, in a new random order; a class gives each of its slices once before it gives one again.</summary>
    private sealed class ByClass : DrawOrder
    {
        private const int ClassStream = 4, SliceStream = 5;

        private readonly int[][] members;
        private readonly Shuffled[] orders;
        private readonly int task, seed;
        private Shuffled classes = Shuffled.None;

        public ByClass(IReadOnlyList<int> labels, int task, int seed)
        {
            (this.task, this.seed) = (task, seed);
            members = [.. labels.Index().GroupBy(label => label.Item, label => label.Index).OrderBy(group => group.Key).Select(group => group.ToArray())];
            orders = [.. members.Select(_ => Shuffled.None)];
        }

        public override int Sample(long position)
        {
            int round = (int)(position / members.Length);
            classes = classes.For(round, number => new SeededRandom(seed, ClassStream, task, number), members.Length);
            int drawn = classes.Items[position % members.Length];
            int[] own = members[drawn];
            orders[drawn] = orders[drawn].For(round / own.Length, number => new SeededRandom(seed, SliceStream, (task << 16) | drawn, number), own.Length);
            return own[orders[drawn].Items[round % own.Length]];
        }
    }

    /// <summary>The order of one round, kept until another is asked for.</summary>
    private sealed record Shuffled(int Round, int[] Items)
    {
        public static readonly Shuffled None = new(-1, []);

        public Shuffled For(int round, Func<int, SeededRandom> random, int count) => round == Round ? this : new Shuffled(round, random(round).Permutation(count));
    }
}
