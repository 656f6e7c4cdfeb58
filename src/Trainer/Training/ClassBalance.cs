using System.Linq;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Training;

/// <summary>How evenly a task's training slices are spread over its classes.</summary>
/// <param name="Rarest">Class with the fewest slices.</param>
/// <param name="Fewest">Its slices.</param>
/// <param name="Commonest">Class with the most.</param>
/// <param name="Most">Its slices.</param>
internal sealed record ClassBalance(int Rarest, int Fewest, int Commonest, int Most)
{
    /// <summary>The commonest class may have so many times the slices of the rarest; beyond, a network does well by forgetting the rarest.</summary>
    public const int MostTimes = 3;

    /// <summary>Beyond <see cref="MostTimes"/>.</summary>
    public bool IsUneven => Most > MostTimes * Fewest;

    /// <summary>Of a task; classes without a training slice do not count, since nothing of them can be drawn.</summary>
    public static ClassBalance Of(TaskData task)
    {
        (int Class, int Count)[] counts = [.. task.Train.Classes.GroupBy(each => each).Select(group => (group.Key, group.Count())).OrderBy(each => each.Key)];
        if (counts.Length == 0)
            return new ClassBalance(0, 0, 0, 0);
        (int rarest, int fewest) = counts.MinBy(each => each.Count);
        (int commonest, int most) = counts.MaxBy(each => each.Count);
        return new ClassBalance(rarest, fewest, commonest, most);
    }
}
