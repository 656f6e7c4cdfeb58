using System;
using System.Collections.Generic;

namespace AdapterCompiler.Testing;

/// <summary>Which tasks to ask for in a test: all, each alone in turn, and subsets at random.</summary>
public static class TaskMasks
{
    /// <summary>Three masks: every task, one task, some tasks.</summary>
    /// <param name="tasks">Tasks of the network, 1 to 30.</param>
    /// <param name="turn">Says which task is alone, and is the seed of the subset.</param>
    public static IEnumerable<int> Of(int tasks, int turn) => [(1 << tasks) - 1, 1 << (turn % tasks), Subset(tasks, turn)];

    /// <summary>A subset that is not empty; of three tasks or more it is neither one nor all.</summary>
    public static int Subset(int tasks, int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            int mask = random.Next(1, 1 << tasks), count = System.Numerics.BitOperations.PopCount((uint)mask);
            if (tasks < 3 || (count > 1 && count < tasks))
                return mask;
        }
    }
}
